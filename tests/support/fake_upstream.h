// An UpstreamClient without a network: gives the outcomes that a test has put into it.
#pragma once

#include <boost/asio/this_coro.hpp>
#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

#include "gateway/lane/signal.h"
#include "gateway/upstream/upstream_client.h"

namespace scoregate::support {

/// Gives its outcomes in the order in which they were put in, then kInternal. On one lane.
class FakeUpstream final : public upstream::UpstreamClient {
 public:
  /// What was asked of it.
  struct Ask {
    http::HttpRequest request;
    upstream::ExchangeOptions options;
  };

  explicit FakeUpstream(lane::Executor executor) : changed_(executor) {}

  void Put(http::HttpOutcome outcome) { outcomes_.push_back(std::move(outcome)); }
  /// From now on exchanges wait for Release, or for being cancelled.
  void Hold() { held_ = true; }
  void Release() {
    held_ = false;
    changed_.Notify();
  }

  const std::vector<Ask>& asked() const { return asked_; }
  std::size_t waiting() const { return waiting_; }
  std::size_t cancelled() const { return cancelled_; }

  lane::Task<http::HttpOutcome> Exchange(const http::HttpRequest& request,
                                         const upstream::ExchangeOptions& options) override {
    asked_.push_back(Ask{request, options});
    bool throws = co_await boost::asio::this_coro::throw_if_cancelled();
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    ++waiting_;
    bool gone = false;
    while (held_ && !gone) gone = !co_await changed_.Wait();
    --waiting_;
    co_await boost::asio::this_coro::throw_if_cancelled(throws);
    if (gone) {
      ++cancelled_;
      co_return http::Fault(http::FaultKind::kCancelled, "the call was cancelled");
    }
    if (outcomes_.empty()) {
      co_return http::Fault(http::FaultKind::kInternal, "the test has put in no outcome");
    }
    http::HttpOutcome outcome = std::move(outcomes_.front());
    outcomes_.pop_front();
    co_return outcome;
  }

 private:
  std::deque<http::HttpOutcome> outcomes_;
  std::vector<Ask> asked_;
  lane::Signal changed_;
  bool held_ = false;
  std::size_t waiting_ = 0;
  std::size_t cancelled_ = 0;
};

}  // namespace scoregate::support
