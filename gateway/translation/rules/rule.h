// The columns of a judgement: what an error becomes, as closed sets.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/grpcwire/code.h"

namespace scoregate::translation {

/// Who has to act (contract 2.7, faultDomain).
enum class FaultDomain { kCaller, kModel, kUpstream, kGateway };

constexpr std::string_view FaultDomainName(FaultDomain fault) {
  switch (fault) {
    case FaultDomain::kCaller:
      return "CALLER";
    case FaultDomain::kModel:
      return "MODEL";
    case FaultDomain::kUpstream:
      return "UPSTREAM";
    case FaultDomain::kGateway:
      return "GATEWAY";
  }
  return "";
}

/// Who said it (contract 2.7, errorOrigin).
enum class Origin { kApplication, kIntermediary, kGateway };

constexpr std::string_view OriginName(Origin origin) {
  switch (origin) {
    case Origin::kApplication:
      return "APPLICATION";
    case Origin::kIntermediary:
      return "INTERMEDIARY";
    case Origin::kGateway:
      return "GATEWAY";
  }
  return "";
}

/// Whether a retry is advised, and for what cause: the cause gives the default delay.
enum class Retry { kNever, kBrief, kLowMemory, kWarmUp };

/// The delay where nobody says how long (contract 2.5); zero for kNever.
constexpr std::chrono::milliseconds DefaultDelay(Retry retry) {
  switch (retry) {
    case Retry::kNever:
      return std::chrono::milliseconds(0);
    case Retry::kBrief:
      return std::chrono::seconds(1);
    case Retry::kLowMemory:
      return std::chrono::seconds(2);
    case Retry::kWarmUp:
      return std::chrono::seconds(5);
  }
  return std::chrono::milliseconds(0);
}

/// Details that a row adds to the ones that every error has. RetryInfo follows from Retry.
enum class Details : std::uint8_t {
  kNone = 0,
  kBadRequest = 1,
  kPrecondition = 2,
  kQuota = 4,
  kResource = 8,
  kDebug = 16,
};

constexpr Details operator|(Details a, Details b) {
  return static_cast<Details>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

constexpr bool Has(Details set, Details one) {
  return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}

/// Short type names in the order of contract 2.7, RetryInfo included.
std::vector<std::string_view> DetailNames(Details details, Retry retry);

/// google/rpc/code.proto's HTTP mapping. The same as grpcwire::HttpStatusOf (a test compares them),
/// but at compile time, so that the tables can be checked by the compiler.
constexpr int BackMappedStatus(grpcwire::Code code) {
  constexpr std::array<int, grpcwire::kCodeCount> kStatuses = {
      200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401};
  return kStatuses[static_cast<std::size_t>(grpcwire::CodeNumber(code))];
}

/// Whether a code keeps the family of an upstream's status (I3), the enumerated exceptions
/// included. A fault of the gateway's own supply may also become INTERNAL (I6).
constexpr bool KeepsFamily(int http_status, grpcwire::Code code, FaultDomain fault) {
  using enum grpcwire::Code;
  if (code == kOk) return false;
  if (BackMappedStatus(code) / 100 == http_status / 100) return true;
  if (http_status == 503 && code == kResourceExhausted) return true;
  if (http_status == 408 && code == kDeadlineExceeded) return true;
  if (http_status == 405 && code == kUnimplemented) return true;
  return fault == FaultDomain::kGateway && code == kInternal;
}

/// Whether a code may carry RetryInfo at all (I4), and a status may become retryable (I3).
constexpr bool MayRetry(int http_status, grpcwire::Code code) {
  if (code != grpcwire::Code::kUnavailable && code != grpcwire::Code::kResourceExhausted) {
    return false;
  }
  return http_status >= 500 || http_status == 429;
}

/// Position in the order "most blocking first" (I9); the smaller wins.
constexpr int Precedence(grpcwire::Code code) {
  using enum grpcwire::Code;
  constexpr std::array kOrder = {
      kUnauthenticated,  kPermissionDenied,   kInvalidArgument, kNotFound,
      kAlreadyExists,    kFailedPrecondition, kOutOfRange,      kUnimplemented,
      kDataLoss,         kInternal,           kUnknown,         kCancelled,
      kDeadlineExceeded, kResourceExhausted,  kAborted,         kUnavailable};
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    if (kOrder[i] == code) return static_cast<int>(i);
  }
  return static_cast<int>(kOrder.size());
}

}  // namespace scoregate::translation
