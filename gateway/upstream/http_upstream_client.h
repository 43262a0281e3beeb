// UpstreamClient over HTTP/1.1: connections that are kept, TLS, deadlines, limits of size.
#pragma once

#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/upstream/client_stats.h"
#include "gateway/upstream/upstream_client.h"

namespace scoregate::upstream {

struct ClientState;
class NameCache;
class Resolver;
class TlsContext;

/// One lane's client of one endpoint. Made by a ClientMaker; destroyed before the lane's loop, on
/// the lane or once that has stopped. Exchanges that it leaves behind still end by themselves.
///
/// A connection is used again only after an answer that ended as announced, with nothing before the
/// request (which a new connection with TLS is not asked for: its tickets come there), nothing
/// behind the answer and nothing of the request unsent. A reused connection that closes without a
/// byte of answer is replaced once, where the request is idempotent or no byte of it was sent.
class HttpUpstreamClient final : public UpstreamClient {
 public:
  explicit HttpUpstreamClient(std::shared_ptr<ClientState> state);
  ~HttpUpstreamClient() override;
  HttpUpstreamClient(const HttpUpstreamClient&) = delete;
  HttpUpstreamClient& operator=(const HttpUpstreamClient&) = delete;

  lane::Task<http::HttpOutcome> Exchange(const http::HttpRequest& request,
                                         const ExchangeOptions& options) override;

  /// On the lane.
  const ClientStats& stats() const;
  std::size_t idle_connections() const;

 private:
  const std::shared_ptr<ClientState> state_;
};

/// Makes clients that share what lanes can share: looked-up names, and an endpoint's TLS context.
/// It may be gone before its clients. One thread at a time.
class ClientMaker {
 public:
  /// Asks the system for names.
  ClientMaker();
  explicit ClientMaker(std::shared_ptr<Resolver> resolver);

  /// A client for the lane that runs `lane`. Files of TLS are read here, the first time for these
  /// settings; what is wrong with them is the fault of every exchange.
  std::unique_ptr<HttpUpstreamClient> Make(
      boost::asio::io_context& lane,
      const std::shared_ptr<const endpoint::EndpointSettings>& settings);

 private:
  std::shared_ptr<TlsContext> TlsFor(
      const std::shared_ptr<const endpoint::EndpointSettings>& settings);

  const std::shared_ptr<NameCache> names_;
  // A context holds its settings, so while it lives nothing else can have their address.
  std::map<const endpoint::EndpointSettings*, std::weak_ptr<TlsContext>> tls_;
};

}  // namespace scoregate::upstream
