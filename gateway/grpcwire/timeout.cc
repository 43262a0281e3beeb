// Reads and writes grpc-timeout.
#include "gateway/grpcwire/timeout.h"

#include <array>
#include <cstdint>
#include <limits>

namespace scoregate::grpcwire {
namespace {

struct TimeoutUnit {
  char letter;
  std::int64_t nanoseconds;
};

// From fine to coarse, the order in which FormatTimeout tries them.
constexpr std::array<TimeoutUnit, 6> kUnits = {{
    {'n', 1},
    {'u', 1'000},
    {'m', 1'000'000},
    {'S', 1'000'000'000},
    {'M', 60'000'000'000},
    {'H', 3'600'000'000'000},
}};

constexpr std::int64_t kLargestCount = 99'999'999;
constexpr std::int64_t kMaxNanoseconds = std::numeric_limits<std::int64_t>::max();
static_assert(std::chrono::nanoseconds::max().count() >= kMaxNanoseconds);
// Whatever fits into nanoseconds can be written in hours.
static_assert(kMaxNanoseconds / kUnits.back().nanoseconds < kLargestCount);

}  // namespace

std::optional<std::chrono::nanoseconds> ParseTimeout(std::string_view text) {
  if (text.size() < 2 || text.size() > kMaxTimeoutDigits + 1) return std::nullopt;
  std::int64_t count = 0;
  for (char c : text.substr(0, text.size() - 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    count = count * 10 + (c - '0');
  }
  for (const TimeoutUnit& unit : kUnits) {
    if (unit.letter != text.back()) continue;
    if (count > kMaxNanoseconds / unit.nanoseconds) return std::chrono::nanoseconds::max();
    return std::chrono::nanoseconds(count * unit.nanoseconds);
  }
  return std::nullopt;
}

std::string FormatTimeout(std::chrono::nanoseconds timeout) {
  if (timeout.count() <= 0) return "1n";
  for (const TimeoutUnit& unit : kUnits) {
    const std::int64_t whole = timeout.count() / unit.nanoseconds;
    const std::int64_t count = whole + (timeout.count() % unit.nanoseconds == 0 ? 0 : 1);
    if (count <= kLargestCount) return std::to_string(count) + unit.letter;
  }
  return std::to_string(kLargestCount) + kUnits.back().letter;
}

}  // namespace scoregate::grpcwire
