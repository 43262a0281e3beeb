#include "gateway/upstream/connection/pool.h"

#include <utility>

namespace scoregate::upstream {

Pool::Pool(const lane::Executor& executor, const Limits& limits)
    : limits_(limits), timer_(executor) {}

std::shared_ptr<Connection> Pool::Take(lane::Clock::time_point now) {
  while (!idle_.empty()) {
    Idle last = std::move(idle_.back());
    idle_.pop_back();
    bool young = now - last.since < limits_.idle_timeout;
    if (young && last.connection->IsQuiet()) return std::move(last.connection);
    last.connection->Close();
  }
  return nullptr;
}

void Pool::Give(std::shared_ptr<Connection> connection) {
  if (closed_ || limits_.max_idle == 0) return connection->Close();
  if (idle_.size() == limits_.max_idle) {
    idle_.front().connection->Close();
    idle_.erase(idle_.begin());
  }
  connection->Shrink();
  idle_.push_back({std::move(connection), lane::Clock::now()});
  if (!waiting_) WaitForOldest();
}

void Pool::Close() {
  closed_ = true;
  for (const Idle& one : idle_) one.connection->Close();
  idle_.clear();
  timer_.cancel();
}

void Pool::CloseOld(lane::Clock::time_point now) {
  auto is_old = [&](const Idle& one) { return now - one.since >= limits_.idle_timeout; };
  for (const Idle& one : idle_) {
    if (is_old(one)) one.connection->Close();
  }
  std::erase_if(idle_, is_old);
}

// One timer for all: it looks again when the one that is now the oldest could be too old.
void Pool::WaitForOldest() {
  waiting_ = true;
  timer_.expires_at(idle_.front().since + limits_.idle_timeout);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code&) {
    auto self = weak.lock();
    if (!self || self->closed_) return;
    self->waiting_ = false;
    self->CloseOld(lane::Clock::now());
    if (!self->idle_.empty()) self->WaitForOldest();
  });
}

}  // namespace scoregate::upstream
