#include "gateway/credential/lane_token.h"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

namespace scoregate::credential {

// A timer that Set cuts short. Unlisted with the coroutine's frame, however that ends.
class LaneToken::Waiting {
 public:
  Waiting(std::shared_ptr<LaneToken> token, Time deadline)
      : token_(std::move(token)),
        timer_(token_->lane_, deadline),
        place_(token_->waiting_.insert(token_->waiting_.end(), &timer_)) {}
  ~Waiting() { token_->waiting_.erase(place_); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  lane::Timer& timer() { return timer_; }

 private:
  const std::shared_ptr<LaneToken> token_;
  lane::Timer timer_;
  const std::list<lane::Timer*>::iterator place_;
};

void LaneToken::Set(TokenState state) {
  state_ = std::move(state);
  for (lane::Timer* timer : waiting_) timer->cancel();
}

lane::Task<bool> LaneToken::WaitForChange(Time deadline) {
  bool throws = co_await boost::asio::this_coro::throw_if_cancelled();
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  const std::uint64_t before = state_.attempts;
  Waiting waiting(shared_from_this(), deadline);
  co_await waiting.timer().async_wait(lane::kUseTask);
  auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  bool cancelled = cancellation.cancelled() != boost::asio::cancellation_type::none;
  co_await boost::asio::this_coro::throw_if_cancelled(throws && !cancelled);
  co_return !cancelled && state_.attempts != before;
}

lane::Task<http::Result<TokenPtr>> LaneToken::Get(Time deadline) {
  if (state_.token) co_return state_.token;
  if (state_.problem) co_return *state_.problem;
  bool changed = co_await WaitForChange(deadline);
  if (state_.token) co_return state_.token;
  if (state_.problem) co_return *state_.problem;
  bool late = !changed && lane::Clock::now() >= deadline;
  if (!late) co_return http::Fault(http::FaultKind::kCancelled, "the call was cancelled");
  co_return http::Fault(http::FaultKind::kTimeout,
                        "the time for the call ran out while waiting for a token");
}

lane::Task<TokenPtr> LaneToken::GetOther(TokenPtr refused, Time deadline) {
  if (state_.token == refused) {
    renew_();
    co_await WaitForChange(deadline);
  }
  co_return state_.token == refused ? nullptr : state_.token;
}

}  // namespace scoregate::credential
