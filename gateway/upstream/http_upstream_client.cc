#include "gateway/upstream/http_upstream_client.h"

#include <boost/asio/this_coro.hpp>
#include <utility>

#include "gateway/upstream/exchange/client_state.h"
#include "gateway/upstream/exchange/exchange.h"

namespace scoregate::upstream {
namespace {

// Cancellation is an outcome here, not an exception; the caller's own way is put back after.
lane::Task<http::HttpOutcome> RunExchange(std::shared_ptr<ClientState> state,
                                          const http::HttpRequest& request,
                                          const ExchangeOptions& options) {
  bool throws = co_await boost::asio::this_coro::throw_if_cancelled();
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  Exchange::Order order{request, options, cancellation};
  Exchange exchange(std::move(state), order);
  http::HttpOutcome outcome = co_await exchange.Run();
  co_await boost::asio::this_coro::throw_if_cancelled(throws);
  co_return outcome;
}

}  // namespace

HttpUpstreamClient::HttpUpstreamClient(std::shared_ptr<ClientState> state)
    : state_(std::move(state)) {}

HttpUpstreamClient::~HttpUpstreamClient() {
  state_->Close();
}

lane::Task<http::HttpOutcome> HttpUpstreamClient::Exchange(const http::HttpRequest& request,
                                                           const ExchangeOptions& options) {
  return RunExchange(state_, request, options);
}

const ClientStats& HttpUpstreamClient::stats() const {
  return state_->stats;
}

std::size_t HttpUpstreamClient::idle_connections() const {
  return state_->pool->idle();
}

ClientMaker::ClientMaker() : ClientMaker(MakeSystemResolver()) {}

ClientMaker::ClientMaker(std::shared_ptr<Resolver> resolver)
    : names_(std::make_shared<NameCache>(std::move(resolver))) {}

std::unique_ptr<HttpUpstreamClient> ClientMaker::Make(
    boost::asio::io_context& lane,
    const std::shared_ptr<const endpoint::EndpointSettings>& settings) {
  ClientState::Shared shared{settings, names_, TlsFor(settings)};
  auto state = std::make_shared<ClientState>(lane.get_executor(), std::move(shared));
  return std::make_unique<HttpUpstreamClient>(std::move(state));
}

std::shared_ptr<TlsContext> ClientMaker::TlsFor(
    const std::shared_ptr<const endpoint::EndpointSettings>& settings) {
  if (!settings->address.tls) return nullptr;
  std::weak_ptr<TlsContext>& kept = tls_[settings.get()];
  auto context = kept.lock();
  if (!context) {
    context = std::make_shared<TlsContext>(settings);
    kept = context;
  }
  return context;
}

}  // namespace scoregate::upstream
