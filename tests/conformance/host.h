// Serves a router on loopback until the process is told to end: what the suites' servers share.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/lane/listener.h"
#include "gateway/rpc/sessions.h"
#include "gateway/rpc/tls/server_tls.h"

namespace scoregate::conformance {

/// How to serve.
struct HostOptions {
  rpc::Limits limits;
  /// Absent: clear text.
  std::optional<rpc::ServerTlsOptions> tls;
};

/// Two lanes behind a listener on 127.0.0.1. Failures that rpc finds itself get the code and
/// message that `translation` gives them in the gateway, but not its details: the suites expect
/// none.
class Host {
 public:
  using MakeRouter = std::function<rpc::Router()>;

  /// On a free port. Ends the process with a sentence where it cannot serve.
  Host(const MakeRouter& make_router, const HostOptions& options);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  std::uint16_t port() const { return listener_->port(); }

  /// Until SIGTERM or SIGINT.
  void Serve();

 private:
  std::shared_ptr<const rpc::ServerTls> tls_;
  lane::Lanes lanes_;
  std::vector<std::unique_ptr<rpc::Sessions>> sessions_;
  std::shared_ptr<lane::Listener> listener_;
};

/// Waits that long, or until the call is over.
lane::Task<void> Sleep(rpc::Call call, std::chrono::microseconds time);

}  // namespace scoregate::conformance
