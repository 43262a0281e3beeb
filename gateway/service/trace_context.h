// The caller's place in a trace, from the binary metadata of OpenCensus to the W3C's header.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scoregate::service {

/// The metadata that libraries of OpenCensus send.
inline constexpr std::string_view kTraceBin = "grpc-trace-bin";

/// The `traceparent` that says the same as the bytes of grpc-trace-bin: version 0, then field 0 (a
/// trace id of 16 bytes), field 1 (a span id of 8) and maybe field 2 (options of 1). Nothing where
/// they are of another form, or an id is all zeros.
std::optional<std::string> TraceParentOf(std::string_view trace_bin);

}  // namespace scoregate::service
