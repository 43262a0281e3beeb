// One step of a session.
#pragma once

#include "gateway/rpc/http2/session.h"

namespace scoregate::rpc {

/// One step of the event loop. Handlers are started and cancelled, and frames written, when the
/// outermost turn ends: never inside a callback of nghttp2.
class Session::Turn {
 public:
  explicit Turn(Session& session) : session_(session) {
    if (session_.turn_depth_++ == 0) session_.now_ = lane::Clock::now();
  }
  // Handlers catch what they throw; what comes out is memory that is out, and that ends the
  // process. NOLINTNEXTLINE(bugprone-exception-escape)
  ~Turn() {
    if (session_.turn_depth_ == 1) session_.EndTurn();
    --session_.turn_depth_;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Session& session_;
};

}  // namespace scoregate::rpc
