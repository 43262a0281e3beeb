#include "gateway/upstream/connection/dial.h"

#include <utility>

namespace scoregate::upstream {

Dial::Dial(const lane::Executor& executor, std::vector<Endpoint> endpoints)
    : endpoints_(std::move(endpoints)), winner_(executor), stagger_(executor), changed_(executor) {
  // Attempts are referred to by handlers: they must not move.
  attempts_.reserve(endpoints_.size());
}

lane::Task<bool> Dial::Run() {
  if (!ended_) TryNext();
  while (!ended_) {
    bool woken = co_await changed_.Wait();
    if (!woken) {
      Abort();
      co_return false;
    }
  }
  co_return true;
}

void Dial::TryNext() {
  std::size_t index = attempts_.size();
  attempts_.emplace_back(winner_.get_executor());
  attempts_.back().async_connect(endpoints_[index], [self = shared_from_this(), index](
                                                        const boost::system::error_code& error) {
    self->OnTried(index, error);
  });
  if (attempts_.size() < endpoints_.size()) WaitToTryNext();
}

void Dial::WaitToTryNext() {
  stagger_.expires_after(kDialStagger);
  stagger_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    auto self = weak.lock();
    if (!self || error || self->ended_) return;
    // A failure may have gone on to the last address just as the timer ran out.
    if (self->attempts_.size() < self->endpoints_.size()) self->TryNext();
  });
}

void Dial::OnTried(std::size_t index, const boost::system::error_code& error) {
  if (ended_) return;
  if (!error) {
    winner_ = std::move(attempts_[index]);
    return End({});
  }
  // The first failure is the one to tell of: later addresses are second choices.
  if (!error_) error_ = error;
  ++failed_;
  if (attempts_.size() < endpoints_.size()) {
    TryNext();
  } else if (failed_ == endpoints_.size()) {
    End(error_);
  }
}

void Dial::Abort() {
  if (!ended_) End(boost::asio::error::operation_aborted);
}

void Dial::End(const boost::system::error_code& error) {
  ended_ = true;
  error_ = error;
  stagger_.cancel();
  boost::system::error_code ignored;
  for (lane::TcpSocket& attempt : attempts_) attempt.close(ignored);
  changed_.Notify();
}

}  // namespace scoregate::upstream
