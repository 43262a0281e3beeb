// What has to happen at its time, for all exchanges of a client with one timer.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "gateway/lane/task.h"

namespace scoregate::upstream {

/// A timer that is set for the earliest of many deadlines, and not set back when that one is no
/// longer needed: a call that ends in time then costs the kernel nothing. On one lane. Made with
/// make_shared.
class Deadlines : public std::enable_shared_from_this<Deadlines> {
 public:
  using Time = lane::Clock::time_point;

  explicit Deadlines(const lane::Executor& executor) : timer_(executor) {}

  /// Calls `due` on the lane once the time has come, unless it is destroyed before. `due` must not
  /// destroy or make a Watch. The deadlines must outlive it.
  class Watch {
   public:
    Watch(Deadlines& deadlines, Time time, std::function<void()> due);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    friend class Deadlines;
    Deadlines& deadlines_;
    const std::function<void()> due_;
    std::multimap<Time, Watch*>::iterator place_;
    bool listed_ = true;
  };

  /// Calls nobody any more.
  void Close();

 private:
  void WaitUntil(Time time);
  void CallDue();

  std::multimap<Time, Watch*> watches_;
  std::optional<Time> set_for_;
  bool closed_ = false;
  lane::Timer timer_;
};

}  // namespace scoregate::upstream
