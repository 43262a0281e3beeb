// Takes orders to raise an error, and keeps count of those that are to be raised a few times only.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/emulator/answer.h"

namespace scoregate::emulator {

/// Orders with a count that are remembered; beyond, the oldest is forgotten.
inline constexpr std::size_t kMaxCountedOrders = 1024;

/// What is to be done about an order: an answer in the model's place, or only a delay.
struct RaiseVerdict {
  std::optional<Answer> answer;
  /// Time that passes before the model's answer goes out.
  std::chrono::milliseconds delay{0};
};

/// One for all connections. Not synchronized: belongs to the server's thread.
class RaiseDesk {
 public:
  /// Decides on the order `text`, which came with a call to `path`; empty texts order nothing. An
  /// order that cannot be read is answered 400 BadArgument/UserParameterInvalid with the reason.
  ///
  /// With `count=N`, the first N calls with this very text to this path raise, and all later ones
  /// are the model's; a different `id=` starts a new count.
  RaiseVerdict Decide(std::string_view text, std::string_view path);

 private:
  bool StillCounts(std::string_view text, std::string_view path, std::uint32_t count);

  std::unordered_map<std::string, std::uint32_t> raised_;
  std::deque<std::string> oldest_first_;
};

}  // namespace scoregate::emulator
