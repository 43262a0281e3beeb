// What the exchanges of one client share. An exchange holds it, so that it may outlast the client.
#pragma once

#include <memory>
#include <string>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/lane/signal.h"
#include "gateway/lane/task.h"
#include "gateway/upstream/client_stats.h"
#include "gateway/upstream/connection/pool.h"
#include "gateway/upstream/connection/tls_context.h"
#include "gateway/upstream/exchange/deadlines.h"
#include "gateway/upstream/message/request_head.h"
#include "gateway/upstream/names/name_cache.h"

namespace scoregate::upstream {

/// On one lane.
struct ClientState {
  struct Shared {
    std::shared_ptr<const endpoint::EndpointSettings> settings;
    std::shared_ptr<NameCache> names;
    std::shared_ptr<TlsContext> tls;  ///< Null where the endpoint is plain.
  };

  ClientState(const lane::Executor& lane, Shared parts);

  /// Whether a proxy opens a tunnel, as it does for TLS; it forwards plain requests.
  bool uses_tunnel() const { return shared.tls && !shared.settings->proxy.empty(); }

  /// Closes what is idle and waits for nothing any more.
  void Close();

  const lane::Executor executor;
  const Shared shared;
  const std::string host_field;
  const std::string place;      ///< Host and port of the endpoint, for sentences.
  const std::string dial_host;  ///< Whom to connect to: the endpoint or its proxy.
  const std::uint16_t dial_port;
  const std::string dial_place;  ///< Host and port of whom to connect to.
  const std::string dial_name;   ///< The same for sentences: a proxy is said to be one.
  const ViaProxy via;            ///< What each request needs that a proxy forwards.
  const std::shared_ptr<lane::Signal> names_changed;
  const std::shared_ptr<NameWaiter> name_waiter;
  const std::shared_ptr<Deadlines> deadlines;
  const std::shared_ptr<Pool> pool;
  ClientStats stats;
};

}  // namespace scoregate::upstream
