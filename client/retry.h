// When a failed call may be made again, for callers that make their attempts themselves.
#pragma once

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

}  // namespace scoregate::client
