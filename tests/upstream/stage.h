// A client on a loop that the test itself turns, and outcomes as one line of text each.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/upstream/http_upstream_client.h"
#include "gateway/upstream/names/resolver.h"

namespace scoregate::upstream {

/// No exchange of a test takes this long unless something hangs.
inline constexpr std::chrono::seconds kLongestRun{10};

/// "200 body", "500 body (cut)", "200 body {name: value}" for trailers, or "reset_after_send: ...",
/// where PLACE stands for host and port.
std::string Describe(const http::HttpOutcome& outcome, std::uint16_t port);

/// An exchange under way; it must have ended before this is destroyed, or its loop must be gone.
class Pending {
 public:
  Pending(boost::asio::io_context& context, UpstreamClient& client, http::HttpRequest request,
          const ExchangeOptions& options);

  void Cancel() { signal_.emit(boost::asio::cancellation_type::terminal); }
  bool ended() const { return ended_; }
  const http::HttpOutcome& outcome() const { return *outcome_; }

 private:
  lane::Task<void> Run(UpstreamClient& client);

  const http::HttpRequest request_;
  const ExchangeOptions options_;
  boost::asio::cancellation_signal signal_;
  std::optional<http::HttpOutcome> outcome_;
  bool ended_ = false;
};

/// Change `settings` before the first exchange; they name a plain endpoint at 127.0.0.1.
class Stage {
 public:
  explicit Stage(std::uint16_t port, std::shared_ptr<Resolver> resolver = MakeSystemResolver());

  endpoint::EndpointSettings settings;
  /// How long an exchange may take.
  std::chrono::milliseconds timeout{kLongestRun};
  bool idempotent = false;
  /// Whose time `timeout` is.
  http::TimeLimit::Whose whose = http::TimeLimit::Whose::kNobodys;

  HttpUpstreamClient& client();
  std::unique_ptr<Pending> Start(http::HttpRequest request);
  /// Makes a whole exchange; the text of Describe.
  std::string Exchange(http::HttpRequest request = {});
  /// Turns the loop until it is so. False where that takes too long.
  bool RunUntil(const std::function<bool()>& condition);
  boost::asio::io_context& context() { return context_; }

 private:
  boost::asio::io_context context_{1};
  ClientMaker maker_;
  std::unique_ptr<HttpUpstreamClient> client_;
};

/// A request with a small body.
http::HttpRequest SmallRequest();

}  // namespace scoregate::upstream
