// What every ReportedError keeps, whatever bytes it was read from: what translation and protobuf
// rely on.
#pragma once

#include <string_view>

#include "gateway/errorbody/reported_error.h"
#include "gateway/http/message.h"

namespace scoregate::errorbody {

/// The name of a promise that `error`, read from `response`, does not keep; empty where it keeps
/// all of them.
std::string_view BrokenPromise(const ReportedError& error, const http::HttpResponse& response);

}  // namespace scoregate::errorbody
