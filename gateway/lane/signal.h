// Waiting for something that another coroutine of the same lane will do.
#pragma once

#include <cstdint>

#include "gateway/lane/task.h"

namespace scoregate::lane {

/// Wakes the coroutines that wait on it. It remembers nothing: look at your condition first, then
/// wait, then look again. On one lane only, where nothing can come between look and wait.
///
///   while (queue.empty()) {
///     bool woken = co_await signal.Wait();
///     if (!woken) co_return;      // cancelled
///   }
///
/// It must outlive its waiters.
class Signal {
 public:
  explicit Signal(const Executor& executor) : timer_(executor, Clock::time_point::max()) {}

  /// Gives true after Notify. Where the waiting coroutine is cancelled it gives false; every later
  /// co_await of that coroutine throws, as always with Asio.
  Task<bool> Wait() {
    std::uint64_t seen = notified_;
    co_await timer_.async_wait(kUseTask);
    co_return notified_ != seen;
  }

  /// Wakes all who wait now. They run later, not inside this call.
  void Notify() {
    ++notified_;
    timer_.cancel();
  }

 private:
  Timer timer_;
  std::uint64_t notified_ = 0;
};

}  // namespace scoregate::lane
