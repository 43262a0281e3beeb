// When the sessions of a lane have something to do that no byte brings: one timer for all of them.
#pragma once

#include <absl/container/btree_set.h>

#include <memory>
#include <utility>

#include "gateway/lane/task.h"

namespace scoregate::rpc {

class Session;

/// Wakes sessions by OnAlarm. To set a timer of the system for each would be a call of the kernel
/// for every connection: this one is set only where it is earlier than before, and where it finds
/// nothing to do, since most of what was to be waited for has come by then, that is cheaper. On one
/// lane.
class Alarms : public std::enable_shared_from_this<Alarms> {
 public:
  using Time = lane::Clock::time_point;

  explicit Alarms(lane::Executor executor) : timer_(executor) {}

  /// The session is to be woken then, once, unless that is taken back.
  void Add(Time time, Session& session);
  void Remove(Time time, Session& session) { entries_.erase({time, &session}); }

 private:
  void Arm();
  void Ring();
  void GoOn();

  absl::btree_set<std::pair<Time, Session*>> entries_;
  lane::Timer timer_;
  Time set_to_ = Time::max();
};

/// The alarm of one session.
class Alarm {
 public:
  Alarm(std::shared_ptr<Alarms> alarms, Session& session)
      : alarms_(std::move(alarms)), session_(session) {}
  ~Alarm() { Silence(); }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  /// Sets it, unless it is set to an earlier time.
  void SetBy(Alarms::Time time) {
    if (time >= time_) return;
    Silence();
    time_ = time;
    alarms_->Add(time, session_);
  }
  void Silence() {
    if (time_ != kNever) alarms_->Remove(time_, session_);
    time_ = kNever;
  }
  /// It has rung.
  void Forget() { time_ = kNever; }

 private:
  static constexpr Alarms::Time kNever = Alarms::Time::max();
  std::shared_ptr<Alarms> alarms_;
  Session& session_;
  Alarms::Time time_ = kNever;
};

}  // namespace scoregate::rpc
