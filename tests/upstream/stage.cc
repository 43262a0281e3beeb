#include "tests/upstream/stage.h"

#include <absl/strings/ascii.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace scoregate::upstream {

std::string Describe(const http::HttpOutcome& outcome, std::uint16_t port) {
  std::string text;
  if (outcome.ok()) {
    const http::HttpResponse& answer = outcome.value();
    text = std::to_string(answer.status) + " " + answer.body;
    if (answer.body_cut) text += " (cut)";
    for (const auto& [name, value] : answer.trailers.fields()) {
      text += " {" + name + ": " + value + "}";
    }
    return text;
  }
  text.append(http::FaultName(outcome.fault().kind)).append(": ").append(outcome.fault().text);
  for (const char* host : {"127.0.0.1", "[::1]", "localhost"}) {
    const std::string place = std::string(host) + ":" + std::to_string(port);
    for (std::size_t at = text.find(place); at != text.npos; at = text.find(place, at + 1)) {
      // A port that begins with these digits is another one.
      const char next = text.substr(at + place.size(), 1).append(" ").front();
      if (!absl::ascii_isdigit(static_cast<unsigned char>(next))) {
        text.replace(at, place.size(), "PLACE");
      }
    }
  }
  return text;
}

Pending::Pending(boost::asio::io_context& context, UpstreamClient& client,
                 http::HttpRequest request, const ExchangeOptions& options)
    : request_(std::move(request)), options_(options) {
  // Only when this is called has the coroutine let go of the signal.
  auto on_end = [this](std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(thrown);
    ended_ = true;
  };
  boost::asio::co_spawn(context.get_executor(), Run(client),
                        boost::asio::bind_cancellation_slot(signal_.slot(), on_end));
}

lane::Task<void> Pending::Run(UpstreamClient& client) {
  outcome_ = co_await client.Exchange(request_, options_);
}

Stage::Stage(std::uint16_t port, std::shared_ptr<Resolver> resolver) : maker_(std::move(resolver)) {
  settings.name = "test";
  settings.address.host = "127.0.0.1";
  settings.address.port = port;
}

HttpUpstreamClient& Stage::client() {
  if (!client_) {
    client_ = maker_.Make(context_, std::make_shared<const endpoint::EndpointSettings>(settings));
  }
  return *client_;
}

std::unique_ptr<Pending> Stage::Start(http::HttpRequest request) {
  // Making the client reads files, which takes its time; that is not the exchange's.
  HttpUpstreamClient& made = client();
  ExchangeOptions options;
  options.deadline = lane::Clock::now() + timeout;
  options.idempotent = idempotent;
  options.limit = {whose, timeout};
  return std::make_unique<Pending>(context_, made, std::move(request), options);
}

std::string Stage::Exchange(http::HttpRequest request) {
  std::unique_ptr<Pending> pending = Start(std::move(request));
  if (!RunUntil([&] { return pending->ended(); })) {
    pending->Cancel();
    context_.poll();
    return "the exchange hangs";
  }
  return Describe(pending->outcome(), settings.address.port);
}

bool Stage::RunUntil(const std::function<bool()>& condition) {
  // Short turns: what is waited for may be the doing of another thread.
  constexpr std::chrono::milliseconds kTurn{2};
  lane::Clock::time_point end = lane::Clock::now() + kLongestRun;
  while (!condition()) {
    if (lane::Clock::now() > end) return false;
    context_.restart();
    context_.run_one_for(kTurn);
  }
  return true;
}

http::HttpRequest SmallRequest() {
  http::HttpRequest request;
  request.target = "/score?details=true";
  request.headers.Add("authorization", "Bearer secret-key");
  request.body = "{}";
  return request;
}

}  // namespace scoregate::upstream
