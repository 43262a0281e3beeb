// What the header fields of an error answer say.
#pragma once

#include <optional>

#include "gateway/errorbody/reported_error.h"
#include "gateway/http/message.h"
#include "gateway/http/retry_after.h"

namespace scoregate::errorbody {

/// Fills every member of `error` that comes from header fields. Of several fields of one name the
/// first valid value counts.
void ReadHeaderFacts(const http::HttpResponse& response, std::optional<http::UnixSeconds> now,
                     ReportedError& error);

/// Whether a field is there that only an application behind the proxies sends (translation
/// contract, 2.6, voice rule c). Its value does not matter.
bool HasApplicationHeader(const http::HttpResponse& response);

}  // namespace scoregate::errorbody
