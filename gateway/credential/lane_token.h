// One lane's view of an endpoint's token: no lock, and no wait where the token is there.
#pragma once

#include <functional>
#include <list>
#include <memory>

#include "gateway/credential/token_state.h"
#include "gateway/http/result.h"
#include "gateway/lane/task.h"

namespace scoregate::credential {

/// Told of each change by the keeper's thread, which posts to the lane. Lives and is used on its
/// lane. Made with make_shared.
class LaneToken : public std::enable_shared_from_this<LaneToken> {
 public:
  using Time = lane::Clock::time_point;

  /// `renew` asks the keeper for another attempt; it returns at once and is called on the lane.
  LaneToken(const lane::Executor& lane, std::function<void()> renew)
      : lane_(lane), renew_(std::move(renew)) {}

  /// The token. Waits for the first attempt to get one, until `deadline` at most. Faults: why there
  /// is no token; kTimeout; kCancelled where the waiting coroutine is cancelled.
  lane::Task<http::Result<TokenPtr>> Get(Time deadline);

  /// Another token than the one that was refused, after one more attempt where the lane knows of no
  /// other. Null where there is none by the deadline.
  lane::Task<TokenPtr> GetOther(TokenPtr refused, Time deadline);

  void Set(TokenState state);

  lane::Executor executor() const { return lane_; }

 private:
  class Waiting;

  /// Waits for Set; false where the deadline passed or the coroutine was cancelled.
  lane::Task<bool> WaitForChange(Time deadline);

  const lane::Executor lane_;
  const std::function<void()> renew_;
  TokenState state_;
  std::list<lane::Timer*> waiting_;
};

}  // namespace scoregate::credential
