// The requests that one connection holds unread, and whose turn it is to send more of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "gateway/rpc/http2/lane_budget.h"
#include "gateway/rpc/limits.h"

namespace scoregate::rpc {

class Stream;

/// Counts bytes, as part of what the lane holds. A caller may send the first part of every call at
/// once; where much is held, the message that was begun first is completed before the others get
/// more of their windows, so that many large messages take memory one after another and none of
/// them is refused for it.
class HeldRequests {
 public:
  /// Both must outlive it.
  HeldRequests(const Limits& limits, LaneBudget& lane) : limits_(limits), part_(lane) {}

  /// False, and nothing is held, where that would be more than the connection or the lane has room
  /// for.
  bool Hold(std::size_t bytes) {
    return part_.bytes() + bytes <= limits_.max_held_bytes && part_.Take(bytes);
  }
  void LetGo(std::size_t bytes) { part_.GiveBack(bytes); }

  /// A part of a message has come, or no part of one is there.
  void Begin(Stream& stream) {
    if (std::ranges::find(begun_, &stream) == begun_.end()) begun_.push_back(&stream);
  }
  void End(const Stream& stream) {
    if (!begun_.empty()) std::erase(begun_, &stream);
    if (widened_ == &stream) widened_ = nullptr;
  }

  /// Whether its window is to be made as large as its message: said once, of the first.
  bool MayWiden(const Stream& stream) {
    return IsFirst(stream) && std::exchange(widened_, &stream) != &stream;
  }

  /// Whether that stream's window may be given back. If not it is remembered that somebody waits.
  bool MaySendMore(const Stream& stream) {
    if (part_.bytes() <= limits_.held_in_any_order_bytes || begun_.empty()) return true;
    if (IsFirst(stream)) return true;
    somebody_waits_ = true;
    return false;
  }
  /// Those who wait, or nobody; each asks again.
  std::vector<Stream*> TakeWaiting() {
    if (!std::exchange(somebody_waits_, false)) return {};
    return begun_;
  }

 private:
  bool IsFirst(const Stream& stream) const { return !begun_.empty() && begun_.front() == &stream; }

  const Limits& limits_;
  BudgetPart part_;
  // In the order in which their messages were begun.
  std::vector<Stream*> begun_;
  const Stream* widened_ = nullptr;
  bool somebody_waits_ = false;
};

}  // namespace scoregate::rpc
