// When to come back: RetryInfo's delay and grpc-retry-pushback-ms (I4, contract 2.5).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "gateway/errorbody/reported_error.h"
#include "gateway/grpcwire/code.h"

namespace scoregate::translation {

/// Longest delay that doubling reaches, and longest that a client is told to sit out by pushback.
inline constexpr std::chrono::milliseconds kMaxBackoff{60'000};
/// Shortest delay that is advised.
inline constexpr std::chrono::milliseconds kMinDelay{100};
/// Longest explicit hint that is kept.
inline constexpr std::chrono::milliseconds kMaxHint{24LL * 3600 * 1000};
/// Pushback = delay times a factor within these.
inline constexpr double kMinJitter = 1.0;
inline constexpr double kMaxJitter = 1.2;
/// grpc-retry-pushback-ms: do not retry.
inline constexpr std::int64_t kNoPushback = -1;

struct RetryQuestion {
  grpcwire::Code code = grpcwire::Code::kUnknown;
  /// Whether a retry is advised at all.
  bool advised = false;
  /// The delay where nobody said how long: a rule's, or an override's of up to kMaxHint. Doubled
  /// for each previous attempt, up to kMaxBackoff.
  std::chrono::milliseconds default_delay{0};
  /// What the upstream asked for.
  std::optional<std::chrono::milliseconds> hint;
  std::uint32_t previous_attempts = 0;
  std::optional<std::chrono::milliseconds> remaining_deadline;
  double jitter_factor = kMinJitter;
};

struct RetryAdvice {
  /// RetryInfo.retry_delay; nothing where no RetryInfo is sent.
  std::optional<std::chrono::milliseconds> delay;
  /// Nothing where no pushback is sent.
  std::optional<std::int64_t> pushback_ms;
  /// A hint on an error that is not retryable, for the metadata retryAfterMs.
  std::optional<std::chrono::milliseconds> unused_hint;
};

RetryAdvice Advise(const RetryQuestion& question);

/// What the upstream asked for: header, then body, then prose.
std::optional<std::chrono::milliseconds> HintOf(const errorbody::ReportedError& error);

}  // namespace scoregate::translation
