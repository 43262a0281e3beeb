// When a failed call may be made again, for callers that make their attempts themselves.
#pragma once

#include <grpcpp/channel.h>

#include <chrono>
#include <optional>

#include "client/score_error.h"

namespace scoregate::client {

/// A call has failed, and the next attempt comes after `delay`.
struct Retry {
  const ScoreError& error;
  std::chrono::milliseconds delay;
  /// From 2 on.
  int next_attempt;
  /// Nothing where the time alone bounds them.
  std::optional<int> max_attempts;
};

/// How long to wait after so many failed attempts: what the gateway advises; 200 ms, doubled with
/// each, where no gateway answers. Nothing where the call is not to be made again.
std::optional<std::chrono::milliseconds> DelayBeforeRetry(const ScoreError& error, int attempts);

/// Waits. Where no gateway answers, it meanwhile tries to connect: gRPC does so only while somebody
/// waits inside it, and a channel that nobody waits for does not see that a gateway has come back.
void PauseBeforeRetry(grpc::Channel& channel, const ScoreError& error,
                      std::chrono::system_clock::time_point until);

}  // namespace scoregate::client
