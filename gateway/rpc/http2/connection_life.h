// Age, idleness, silence and pings of one connection: what is due when. Time comes in as an
// argument.
#pragma once

#include <cstddef>
#include <optional>

#include "gateway/lane/task.h"
#include "gateway/rpc/connection_policy.h"

namespace scoregate::rpc {

/// Decides only; the session acts.
class ConnectionLife {
 public:
  using Time = lane::Clock::time_point;

  /// `jitter` between -1 and 1 spreads the ages of connections that began together. The policy must
  /// outlive it.
  ConnectionLife(const ConnectionPolicy& policy, Time now, double jitter);

  // What happens.
  /// The connection is set up: from now on it can be idle.
  void OnGreeted(Time now);
  void OnBytes(Time now);
  void OnCalls(std::size_t calls, Time now);
  /// Headers or data leave, so a caller may well ping.
  void OnAnswer() { strikes_ = 0; }
  /// False where the caller pings too often.
  bool OnPing(Time now);

  /// What is due.
  enum class Due { kNothing, kPing, kGone, kDrain, kCut };
  /// At most one thing at a time, each told once: ask until it is kNothing.
  Due Take(Time now);
  /// When something may be due; time_point::max() for never.
  Time Next() const;

 private:
  const ConnectionPolicy& policy_;
  Time age_end_ = Time::max();
  Time cut_ = Time::max();
  Time idle_end_ = Time::max();
  Time heard_;
  bool pinged_ = false;
  Time last_ping_ = Time::min();
  int strikes_ = 0;
  bool has_calls_ = false;
};

}  // namespace scoregate::rpc
