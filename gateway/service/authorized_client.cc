#include "gateway/service/authorized_client.h"

#include <string>
#include <utility>
#include <vector>

#include "gateway/dialect/dialect.h"

namespace scoregate::service {
namespace {

bool IsRefused(const http::HttpOutcome& outcome) {
  constexpr int kUnauthorized = 401;
  return outcome.ok() && outcome.value().status == kUnauthorized;
}

}  // namespace

AuthorizedClient::AuthorizedClient(const endpoint::EndpointSettings& settings, KeyOrder& order,
                                   std::unique_ptr<upstream::UpstreamClient> client,
                                   std::shared_ptr<credential::LaneToken> token)
    : settings_(settings), order_(order), client_(std::move(client)), token_(std::move(token)) {}

lane::Task<http::HttpOutcome> AuthorizedClient::Exchange(http::HttpRequest& request,
                                                         const upstream::ExchangeOptions& options) {
  if (token_) return ExchangeWithToken(request, options);
  const std::vector<std::string>& keys = settings_.api_keys;
  if (keys.size() > 1) return ExchangeWithKeys(request, options);
  if (!keys.empty()) dialect::Authorize(request, keys.front());
  return client_->Exchange(request, options);
}

lane::Task<http::HttpOutcome> AuthorizedClient::ExchangeWithKeys(
    http::HttpRequest& request, const upstream::ExchangeOptions& options) {
  const std::vector<std::string>& keys = settings_.api_keys;
  std::size_t first = order_.first() % keys.size();
  dialect::Authorize(request, keys[first]);
  http::HttpOutcome outcome = co_await client_->Exchange(request, options);
  if (!IsRefused(outcome)) co_return outcome;
  // Keys are rotated one after the other: the other one is tried once, and kept if it works.
  std::size_t second = (first + 1) % keys.size();
  dialect::Authorize(request, keys[second]);
  outcome = co_await client_->Exchange(request, options);
  if (outcome.ok() && !IsRefused(outcome)) order_.set_first(second);
  co_return outcome;
}

lane::Task<http::HttpOutcome> AuthorizedClient::ExchangeOpenly(
    http::HttpRequest& request, const upstream::ExchangeOptions& options) {
  http::HttpOutcome outcome = co_await client_->Exchange(request, options);
  const bool has_credential = token_ || !settings_.api_keys.empty();
  if (!IsRefused(outcome) || !has_credential) co_return outcome;
  co_return co_await Exchange(request, options);
}

lane::Task<http::HttpOutcome> AuthorizedClient::ExchangeWithToken(
    http::HttpRequest& request, const upstream::ExchangeOptions& options) {
  http::Result<credential::TokenPtr> token = co_await token_->Get(options.deadline);
  if (!token.ok()) {
    http::Fault fault = std::move(token).fault();
    if (fault.kind == http::FaultKind::kTimeout) fault.text += http::Named(options.limit);
    co_return fault;
  }
  dialect::Authorize(request, *token.value());
  http::HttpOutcome outcome = co_await client_->Exchange(request, options);
  if (!IsRefused(outcome)) co_return outcome;
  // It may have ended, or been withdrawn, a moment ago.
  credential::TokenPtr other = co_await token_->GetOther(token.value(), options.deadline);
  if (!other) co_return outcome;
  dialect::Authorize(request, *other);
  co_return co_await client_->Exchange(request, options);
}

}  // namespace scoregate::service
