#include "gateway/upstream/exchange/deadlines.h"

#include <utility>

namespace scoregate::upstream {

Deadlines::Watch::Watch(Deadlines& deadlines, Time time, std::function<void()> due)
    : deadlines_(deadlines), due_(std::move(due)) {
  // The newest is mostly the last: they all are given the same time.
  place_ = deadlines_.watches_.emplace_hint(deadlines_.watches_.end(), time, this);
  if (!deadlines_.set_for_ || time < *deadlines_.set_for_) deadlines_.WaitUntil(time);
}

Deadlines::Watch::~Watch() {
  if (listed_) deadlines_.watches_.erase(place_);
}

void Deadlines::WaitUntil(Time time) {
  if (closed_) return;
  set_for_ = time;
  timer_.expires_at(time);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    auto self = weak.lock();
    if (self && !error && !self->closed_) self->CallDue();
  });
}

void Deadlines::CallDue() {
  set_for_.reset();
  Time now = lane::Clock::now();
  while (!watches_.empty() && watches_.begin()->first <= now) {
    Watch* watch = watches_.begin()->second;
    watches_.erase(watches_.begin());
    watch->listed_ = false;
    watch->due_();
  }
  if (!watches_.empty()) WaitUntil(watches_.begin()->first);
}

void Deadlines::Close() {
  closed_ = true;
  timer_.cancel();
}

}  // namespace scoregate::upstream
