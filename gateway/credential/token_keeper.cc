#include "gateway/credential/token_keeper.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace scoregate::credential {

TokenKeeper::TokenKeeper(const lane::Executor& own, std::unique_ptr<TokenSource> source)
    : own_(own), source_(std::move(source)), timer_(own) {}

std::shared_ptr<LaneToken> TokenKeeper::Attach(const lane::Executor& lane) {
  auto renew = [weak = weak_from_this(), own = own_] {
    boost::asio::post(own, [weak] {
      if (auto self = weak.lock()) self->AskForAnother();
    });
  };
  lanes_.push_back(std::make_shared<LaneToken>(lane, std::move(renew)));
  return lanes_.back();
}

void TokenKeeper::Start() {
  boost::asio::co_spawn(
      own_, [self = shared_from_this()] { return self->Run(); }, boost::asio::detached);
}

void TokenKeeper::AskForAnother() {
  asked_ = true;
  timer_.cancel();
}

lane::Task<void> TokenKeeper::Run() {
  while (true) {
    const Occasion occasion = std::exchange(asked_, false) ? Occasion::kRefusal : Occasion::kTime;
    Attempt attempt = co_await source_->Try(occasion);
    Publish(attempt, occasion);
    timer_.expires_at(attempt.next);
    if (!asked_) co_await timer_.async_wait(lane::kUseTask);
  }
}

void TokenKeeper::Publish(const Attempt& attempt, Occasion occasion) {
  const bool good = attempt.token.ok();
  const TokenPtr token = good ? attempt.token.value() : nullptr;
  const bool first = state_.attempts++ == 0;
  const bool same_problem = !good && state_.problem && !state_.token &&
                            state_.problem->text == attempt.token.fault().text;
  const bool changed = first || (good ? token != state_.token : !same_problem);
  state_.token = token;
  state_.problem.reset();
  if (!good) state_.problem = attempt.token.fault();
  // Who asked after a refusal waits for the attempt, whatever came of it.
  if (!changed && occasion == Occasion::kTime) return;
  for (const std::shared_ptr<LaneToken>& lane : lanes_) {
    boost::asio::post(lane->executor(), [lane, state = state_] { lane->Set(state); });
  }
}

}  // namespace scoregate::credential
