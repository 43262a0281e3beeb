#include "gateway/rpc/http2/connection_life.h"

#include <algorithm>
#include <utility>

namespace scoregate::rpc {
namespace {

// By how much of it an age varies, so that connections that began together do not end together.
constexpr double kJitter = 0.1;

}  // namespace

ConnectionLife::ConnectionLife(const ConnectionPolicy& policy, Time now, double jitter)
    : policy_(policy), heard_(now) {
  if (!policy.max_age) return;
  std::chrono::duration<double, std::milli> age = *policy.max_age * (1 + kJitter * jitter);
  age_end_ = now + std::chrono::duration_cast<std::chrono::milliseconds>(age);
}

void ConnectionLife::OnGreeted(Time now) {
  if (policy_.max_idle && !has_calls_) idle_end_ = now + *policy_.max_idle;
}

void ConnectionLife::OnBytes(Time now) {
  heard_ = now;
  pinged_ = false;
}

void ConnectionLife::OnCalls(std::size_t calls, Time now) {
  has_calls_ = calls > 0;
  idle_end_ = has_calls_ || !policy_.max_idle ? Time::max() : now + *policy_.max_idle;
}

bool ConnectionLife::OnPing(Time now) {
  if (!policy_.min_ping_interval) return true;
  lane::Clock::duration least = *policy_.min_ping_interval;
  if (!has_calls_ && !policy_.allow_pings_without_calls) least = kIdlePingInterval;
  Time last = std::exchange(last_ping_, now);
  if (last == Time::min() || now - last >= least) return true;
  return ++strikes_ <= kMaxPingStrikes;
}

ConnectionLife::Due ConnectionLife::Take(Time now) {
  if (policy_.keepalive_interval) {
    if (pinged_ && now >= heard_ + *policy_.keepalive_interval + policy_.keepalive_timeout) {
      return Due::kGone;
    }
    if (!pinged_ && now >= heard_ + *policy_.keepalive_interval) {
      pinged_ = true;
      return Due::kPing;
    }
  }
  if (now >= cut_) {
    cut_ = Time::max();
    return Due::kCut;
  }
  if (now >= age_end_ || now >= idle_end_) {
    if (now >= age_end_) cut_ = now + policy_.max_age_grace;
    age_end_ = idle_end_ = Time::max();
    return Due::kDrain;
  }
  return Due::kNothing;
}

ConnectionLife::Time ConnectionLife::Next() const {
  Time next = std::min({age_end_, idle_end_, cut_});
  if (!policy_.keepalive_interval) return next;
  Time silence = heard_ + *policy_.keepalive_interval;
  if (pinged_) silence += policy_.keepalive_timeout;
  return std::min(next, silence);
}

}  // namespace scoregate::rpc
