// The way to one endpoint: sends a request, gives what came of it. An interface, because the
// outside world begins here.
#pragma once

#include "gateway/http/result.h"
#include "gateway/http/time_limit.h"
#include "gateway/lane/task.h"

namespace scoregate::upstream {

/// How one exchange may be made.
struct ExchangeOptions {
  /// When the whole exchange has to be over: connecting, sending, and reading the answer.
  lane::Clock::time_point deadline;
  /// Whether the request may be sent twice, should a reused connection close without an answer.
  bool idempotent = false;
  /// Which limit the deadline is, for the sentence that tells of it.
  http::TimeLimit limit = {};
};

/// One endpoint's client on one lane. Not thread-safe: lives and is used on its lane.
class UpstreamClient {
 public:
  virtual ~UpstreamClient() = default;

  /// Makes one exchange. The answer may have any status; a Fault says why there is none. The
  /// request and the options must outlive the task; the caller's frame holds them. When the task
  /// is cancelled (Asio's cancellation slot) the connection is closed at once and the outcome is
  /// Fault kCancelled.
  virtual lane::Task<http::HttpOutcome> Exchange(const http::HttpRequest& request,
                                                 const ExchangeOptions& options) = 0;
};

}  // namespace scoregate::upstream
