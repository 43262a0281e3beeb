#include "gateway/rpc/schedule/alarms.h"

#include <boost/asio/post.hpp>

#include "gateway/rpc/http2/session.h"

namespace scoregate::rpc {
namespace {

// Sessions are woken for so long in one step of the loop: thousands of connections that have waited
// equally long must not keep the calls of the lane waiting.
constexpr std::chrono::microseconds kStep{25};

}  // namespace

void Alarms::Add(Time time, Session& session) {
  entries_.emplace(time, &session);
  Arm();
}

void Alarms::Arm() {
  if (entries_.empty() || entries_.begin()->first >= set_to_) return;
  set_to_ = entries_.begin()->first;
  timer_.expires_at(set_to_);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    auto self = weak.lock();
    if (self && !error) self->Ring();
  });
}

void Alarms::Ring() {
  const Time now = lane::Clock::now();
  while (!entries_.empty() && entries_.begin()->first <= now) {
    const std::shared_ptr<Session> session = entries_.begin()->second->shared_from_this();
    entries_.erase(entries_.begin());
    session->OnAlarm();
    if (lane::Clock::now() - now >= kStep) break;
  }
  if (!entries_.empty() && entries_.begin()->first <= now) return GoOn();
  set_to_ = Time::max();
  Arm();
}

// After the others of the lane. To set the timer to what has passed would be two calls of the
// kernel, and for a virtual machine each of them leaves it.
void Alarms::GoOn() {
  set_to_ = Time::min();
  boost::asio::post(timer_.get_executor(), [weak = weak_from_this()] {
    if (auto self = weak.lock()) self->Ring();
  });
}

}  // namespace scoregate::rpc
