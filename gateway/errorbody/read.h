// The way in: an HTTP answer becomes a ReportedError. Cannot fail, whatever the bytes.
#pragma once

#include <optional>

#include "gateway/errorbody/reported_error.h"
#include "gateway/http/call_kind.h"
#include "gateway/http/message.h"
#include "gateway/http/retry_after.h"

namespace scoregate::errorbody {

/// Reads an answer that is not a success. `now` is for a Retry-After date without a Date field.
/// Linear in the body's size; never throws but for an exhausted machine.
ReportedError Read(const http::HttpResponse& response, http::UpstreamKind kind,
                   std::optional<http::UnixSeconds> now);

/// Whether an answer is a success for that call (translation contract, 2.6, row "2xx that is no
/// success"): the status alone does not tell. 304 is a success for kGetOperation.
bool IsSuccess(const http::HttpResponse& response, http::UpstreamKind kind, http::CallKind call);

/// The same for calls whose answer need not have a body, such as starting or canceling a batch job:
/// any 2xx that does not hold an error object.
bool IsSuccessWithoutBody(const http::HttpResponse& response);

}  // namespace scoregate::errorbody
