// The canonical codes of gRPC by number and name, and the HTTP status that each stands for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace scoregate::grpcwire {

/// The values of google.rpc.Code. The set is closed: gRPC has had no other code since 2015.
enum class Code : std::int8_t {
  kOk = 0,
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAlreadyExists = 6,
  kPermissionDenied = 7,
  kResourceExhausted = 8,
  kFailedPrecondition = 9,
  kAborted = 10,
  kOutOfRange = 11,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kDataLoss = 15,
  kUnauthenticated = 16,
};

/// How many codes there are; their numbers are 0 to kCodeCount - 1.
inline constexpr int kCodeCount = 17;

/// The number that goes into grpc-status.
constexpr int CodeNumber(Code code) {
  return static_cast<int>(code);
}

/// "OK", "CANCELLED", ..., "UNAUTHENTICATED". Static lifetime.
std::string_view CodeName(Code code);

/// The code of exactly that upper-case name; nothing where there is none.
std::optional<Code> CodeFromName(std::string_view name);

/// The code of that number; nothing outside 0 to 16.
std::optional<Code> CodeFromNumber(std::int64_t number);

/// The HTTP status to which google/rpc/code.proto maps the code back: 200 for OK, 499 for
/// CANCELLED, ..., 401 for UNAUTHENTICATED.
int HttpStatusOf(Code code);

}  // namespace scoregate::grpcwire
