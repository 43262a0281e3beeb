// The answers that wait on one connection because their caller does not take them.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "gateway/rpc/http2/lane_budget.h"
#include "gateway/rpc/limits.h"

namespace scoregate::rpc {

class Stream;

/// What does not go on while answers wait.
struct HeldBack {
  /// Calls whose handler does not start.
  std::vector<Stream*> streams;
  /// What has come and whose part of the connection's window is not given back.
  std::size_t window_bytes = 0;
};

/// Counts bytes, as part of what waits on all connections of the lane. Those of calls that have
/// ended are settled: they leave, or their stream is reset after Limits::answer_timeout. What a
/// call that goes on has written may wait for longer, so it must not hold up other calls.
class AnswerBacklog {
 public:
  /// Both must outlive it.
  AnswerBacklog(const Limits& limits, LaneBudget& lane) : limits_(limits), part_(lane) {}

  /// Adds so much; false, and nothing is added, where that is too much for the connection, whose
  /// first answer always has room, or for the lane.
  bool Add(std::size_t bytes) {
    const bool first = part_.bytes() == 0;
    if (!first && part_.bytes() + bytes > limits_.max_answer_backlog_bytes) return false;
    return part_.Take(bytes);
  }

  /// The call whose answer these bytes are has ended.
  void Settle(std::size_t bytes) { settled_ += bytes; }

  /// They have left, or are dropped.
  void Remove(std::size_t bytes, bool settled) {
    part_.GiveBack(bytes);
    if (settled) settled_ -= bytes;
  }

  /// Whether a call that writes a stream has to wait until its own bytes have left.
  bool IsCrowded() const { return part_.bytes() > limits_.answer_backlog_bytes; }

  /// Whether more requests would only add to what waits. Then it remembers that something is held
  /// back, until LetGo.
  bool HoldsBack() { return clogged_ = clogged_ || IsClogged(); }
  /// Holds back the start of a call; false where there is no need to.
  bool HoldBack(Stream& stream) {
    if (!HoldsBack()) return false;
    held_.streams.push_back(&stream);
    return true;
  }
  /// Keeps back so much of the window; false where there is no need to.
  bool KeepBack(std::size_t bytes) {
    if (!HoldsBack()) return false;
    held_.window_bytes += bytes;
    return true;
  }
  /// The stream is gone.
  void Forget(const Stream& stream) { std::erase(held_.streams, &stream); }
  /// Whether what is held back can go on.
  bool HasCleared() const { return clogged_ && !IsClogged(); }
  HeldBack LetGo() {
    clogged_ = false;
    return std::exchange(held_, {});
  }

 private:
  bool IsClogged() const { return settled_ > limits_.answer_backlog_bytes; }

  const Limits& limits_;
  BudgetPart part_;
  std::size_t settled_ = 0;
  bool clogged_ = false;
  HeldBack held_;
};

}  // namespace scoregate::rpc
