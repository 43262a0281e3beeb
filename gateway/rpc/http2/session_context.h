// What the sessions of a lane have in common.
#pragma once

#include <nghttp2/nghttp2.h>

#include <memory>
#include <random>

#include "gateway/lane/lane.h"
#include "gateway/rpc/http2/lane_budget.h"
#include "gateway/rpc/router.h"
#include "gateway/rpc/schedule/alarms.h"
#include "gateway/rpc/sessions.h"

namespace scoregate::rpc {

/// What all sessions of a lane share.
struct SessionContext {
  /// The lane outlives it.
  SessionContext(lane::Lane& on, Router routes, SessionsOptions given);

  lane::Executor executor;
  lane::Aside& aside;
  Router router;
  SessionsOptions options;
  grpcwire::Gzip gzip;
  std::shared_ptr<Alarms> alarms;
  /// Of requests that no handler has taken, and of answers that wait for their callers.
  LaneBudget held;
  LaneBudget backlog;
  std::unique_ptr<nghttp2_session_callbacks, decltype(&nghttp2_session_callbacks_del)> callbacks;
  std::unique_ptr<nghttp2_option, decltype(&nghttp2_option_del)> option;
  std::minstd_rand random{std::random_device{}()};
};

}  // namespace scoregate::rpc
