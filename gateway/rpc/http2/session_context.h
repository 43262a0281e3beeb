// What the sessions of a lane have in common.
#pragma once

#include <nghttp2/nghttp2.h>

#include <memory>
#include <random>

#include "gateway/lane/task.h"
#include "gateway/rpc/router.h"
#include "gateway/rpc/schedule/alarms.h"
#include "gateway/rpc/sessions.h"

namespace scoregate::rpc {

/// What all sessions of a lane share.
struct SessionContext {
  SessionContext(const lane::Executor& on, Router routes, SessionsOptions given);

  lane::Executor executor;
  Router router;
  SessionsOptions options;
  grpcwire::Gzip gzip;
  std::shared_ptr<Alarms> alarms;
  /// Answers that wait on all connections.
  std::size_t backlog_bytes = 0;
  std::unique_ptr<nghttp2_session_callbacks, decltype(&nghttp2_session_callbacks_del)> callbacks;
  std::unique_ptr<nghttp2_option, decltype(&nghttp2_option_del)> option;
  std::minstd_rand random{std::random_device{}()};
};

}  // namespace scoregate::rpc
