// The requests that one connection holds unread, and whose turn it is to send more of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "gateway/lane/task.h"
#include "gateway/rpc/http2/lane_budget.h"
#include "gateway/rpc/limits.h"

namespace scoregate::rpc {

class Stream;

/// The window of a call while much is held: a small request, or the beginning of a large one.
inline constexpr std::uint32_t kNarrowCallWindowBytes = 1024;

/// Counts bytes, as part of what the lane holds. A caller may send the first part of every call at
/// once. Where much is held, the windows of all calls are made narrow by SETTINGS (RFC 9113,
/// 6.9.2), and the message that was begun first is completed before the next one: so many large
/// messages take memory one after another and none of them is refused for it.
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

  /// That stream has sent so many bytes, which are held.
  void Came(const Stream& stream, std::size_t bytes) {
    if (IsFirst(stream)) of_first_ += bytes;
  }
  /// So much of what is held, less where that is below 0, came out of gzip and was taken by a
  /// handler: it bounds nobody's windows.
  void CountTaken(std::ptrdiff_t bytes) { taken_ += bytes; }
  /// A part of a message has come; none is there any more, or none that others have to wait for.
  void Begin(Stream& stream, lane::Clock::time_point now) {
    if (begun_.empty()) first_since_ = now;
    if (std::ranges::find(begun_, &stream) == begun_.end()) begun_.push_back(&stream);
  }
  void End(const Stream& stream) {
    if (begun_.empty()) return;
    if (IsFirst(stream)) {
      of_first_ = 0;
      has_new_first_ = true;
    }
    std::erase(begun_, &stream);
  }

  /// Whether its message was begun before all others.
  bool IsFirst(const Stream& stream) const { return !begun_.empty() && begun_.front() == &stream; }
  /// Whether that stream's message may go on. If not, it is to ask again when it is the first, or
  /// when AllMayAsk says so.
  bool MaySendMore(const Stream& stream) {
    const bool may = (!narrow_ && !IsMuch()) || begun_.empty() || IsFirst(stream);
    if (!may) somebody_waits_ = true;
    return may;
  }
  /// Whether others have been waiting for that stream's message since `then`.
  bool HoldsUpOthersSince(const Stream& stream, lane::Clock::time_point then) const {
    return narrow_ && somebody_waits_ && !has_new_first_ && IsFirst(stream) && first_since_ <= then;
  }
  /// Who is first since the last time; null where that is who it was.
  Stream* TakeNewFirst(lane::Clock::time_point now) {
    if (!std::exchange(has_new_first_, false) || begun_.empty()) return nullptr;
    first_since_ = now;
    return begun_.front();
  }
  /// Whether the windows of calls have changed: said once.
  bool AllMayAsk() { return std::exchange(all_may_ask_, false); }

  /// What the windows of calls are to be from now on, where that changes; not before the caller has
  /// acknowledged what they are.
  std::optional<std::uint32_t> NewCallWindow() {
    if (narrow_ == IsToBeNarrow() || unacknowledged_ > 0) {
      // It may have been refused when there was more for a moment.
      if (!narrow_ && !IsMuch() && somebody_waits_) AskAll();
      return std::nullopt;
    }
    narrow_ = !narrow_;
    AskAll();
    return narrow_ ? std::min(kNarrowCallWindowBytes, limits_.call_window_bytes)
                   : limits_.call_window_bytes;
  }
  /// SETTINGS with a window of calls leave, and the caller says that it has them.
  void Announced() { ++unacknowledged_; }
  void Acknowledged() {
    --unacknowledged_;
    // What is left of its windows may be less than nothing.
    AskAll();
  }

  /// Keeps back so much of the connection's window, where much is held and the caller has not said
  /// that it knows the windows of its calls: until then it may send what we do not want.
  bool KeepBack(std::size_t bytes) {
    if (!KeepsBack()) return false;
    kept_back_ += bytes;
    return true;
  }
  /// Whether there is less now, so that windows are to be opened or given back.
  bool has_room_again() const {
    return (narrow_ && unacknowledged_ == 0 && !IsToBeNarrow()) || (kept_back_ > 0 && !KeepsBack());
  }
  bool has_news() const { return (has_new_first_ && !begun_.empty()) || has_room_again(); }
  std::size_t TakeKeptBack() { return KeepsBack() ? 0 : std::exchange(kept_back_, 0); }

 private:
  bool IsMuch() const { return IsMoreThan(limits_.held_in_any_order_bytes); }
  // Not the same where windows open as where they are made narrow, or they would flutter.
  bool IsToBeNarrow() const {
    return narrow_ ? IsMoreThan(limits_.held_in_any_order_bytes / 2) : IsMuch();
  }
  // The first message may be as large as it is.
  bool IsMoreThan(std::size_t bytes) const {
    return part_.bytes() > bytes + of_first_ + static_cast<std::size_t>(taken_);
  }
  void AskAll() {
    all_may_ask_ = true;
    somebody_waits_ = false;
  }
  bool KeepsBack() const { return unacknowledged_ > 0 && IsMuch(); }

  const Limits& limits_;
  BudgetPart part_;
  // In the order in which their messages were begun.
  std::vector<Stream*> begun_;
  // What the first has sent since it is the first.
  std::size_t of_first_ = 0;
  lane::Clock::time_point first_since_;
  std::ptrdiff_t taken_ = 0;
  bool has_new_first_ = false;
  bool somebody_waits_ = false;
  bool all_may_ask_ = false;
  bool narrow_ = false;
  int unacknowledged_ = 0;
  std::size_t kept_back_ = 0;
};

}  // namespace scoregate::rpc
