// The grpc-timeout field: one to eight digits and a unit (gRPC over HTTP/2, "Timeout").
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scoregate::grpcwire {

/// Most digits that a grpc-timeout may have.
inline constexpr std::size_t kMaxTimeoutDigits = 8;

/// Reads "5S" and its like; units are H, M, S, m, u and n (hours down to nanoseconds). What does
/// not fit into nanoseconds (only hours can) saturates at the largest value. Zero is read as zero:
/// that deadline has passed. Nothing where the text is anything else: no sign, no space, no ninth
/// digit.
std::optional<std::chrono::nanoseconds> ParseTimeout(std::string_view text);

/// Writes a timeout in the finest unit that needs no more than eight digits, rounded up, so that
/// reading it back never gives less. The protocol wants a positive number: zero and less give "1n".
std::string FormatTimeout(std::chrono::nanoseconds timeout);

}  // namespace scoregate::grpcwire
