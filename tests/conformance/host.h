// Serves a router on loopback until the process is told to end: what the suites' servers share.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/lane/listener.h"
#include "gateway/rpc/sessions.h"

namespace scoregate::conformance {

/// Two lanes behind a listener on 127.0.0.1. Failures that rpc finds itself get the code and message
/// that `translation` gives them in the gateway, but not its details: the suites expect none.
class Host {
 public:
  using MakeRouter = std::function<rpc::Router()>;

  /// Port 0 takes a free one. Ends the process with a sentence where the port cannot be had.
  Host(const MakeRouter& make_router, const rpc::Limits& limits, std::uint16_t port);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  std::uint16_t port() const { return listener_->port(); }

  /// Until SIGTERM or SIGINT.
  void Serve();

 private:
  lane::Lanes lanes_;
  std::vector<std::unique_ptr<rpc::Sessions>> sessions_;
  std::shared_ptr<lane::Listener> listener_;
};

/// Waits that long, or until the call is over.
lane::Task<void> Sleep(rpc::Call call, std::chrono::microseconds time);

}  // namespace scoregate::conformance
