// One lane's client of an endpoint with the endpoint's credential: the one place where keys and
// tokens are put on requests.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "gateway/credential/lane_token.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/message.h"
#include "gateway/upstream/upstream_client.h"

namespace scoregate::service {

/// Which of an endpoint's keys to try first: the one that worked last. Shared by all lanes.
class KeyOrder {
 public:
  std::size_t first() const { return first_.load(std::memory_order_relaxed); }
  void set_first(std::size_t index) { first_.store(index, std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> first_ = 0;
};

/// Lives and is used on its lane.
class AuthorizedClient {
 public:
  /// `token` is null where the endpoint has keys or nothing. Settings and order outlive the client.
  AuthorizedClient(const endpoint::EndpointSettings& settings, KeyOrder& order,
                   std::unique_ptr<upstream::UpstreamClient> client,
                   std::shared_ptr<credential::LaneToken> token);

  /// See upstream::UpstreamClient::Exchange. With the endpoint's key, and the second one, once,
  /// after a 401; or with its token, and another one, once, after a 401. Also faults with what
  /// keeps the gateway from having a token.
  lane::Task<http::HttpOutcome> Exchange(http::HttpRequest& request,
                                         const upstream::ExchangeOptions& options);

  /// The same without a credential first: what an endpoint shows to everybody is asked for without,
  /// and with one only after a 401.
  lane::Task<http::HttpOutcome> ExchangeOpenly(http::HttpRequest& request,
                                               const upstream::ExchangeOptions& options);

 private:
  lane::Task<http::HttpOutcome> ExchangeWithKeys(http::HttpRequest& request,
                                                 const upstream::ExchangeOptions& options);
  lane::Task<http::HttpOutcome> ExchangeWithToken(http::HttpRequest& request,
                                                  const upstream::ExchangeOptions& options);

  const endpoint::EndpointSettings& settings_;
  KeyOrder& order_;
  const std::unique_ptr<upstream::UpstreamClient> client_;
  const std::shared_ptr<credential::LaneToken> token_;
};

}  // namespace scoregate::service
