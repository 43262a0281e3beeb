// How long connections live, and how both ends make sure that the other is still there.
#pragma once

#include <chrono>
#include <optional>

namespace scoregate::rpc {

/// Absent limits do not apply.
struct ConnectionPolicy {
  /// At this age, give or take a tenth, the caller is told to go elsewhere.
  std::optional<std::chrono::milliseconds> max_age;
  /// How long its calls may still take then; they end with kShuttingDown.
  std::chrono::milliseconds max_age_grace{300'000};
  /// After this time without a call the caller is told to go elsewhere.
  std::optional<std::chrono::milliseconds> max_idle;
  /// After this time without a byte from the caller it is pinged.
  std::optional<std::chrono::milliseconds> keepalive_interval;
  /// The connection is closed where nothing comes for this long after the ping.
  std::chrono::milliseconds keepalive_timeout{20'000};
  /// A caller that pings sooner than this after its last ping, and with no headers or data of ours
  /// between, does so kMaxPingStrikes times; the next one ends the connection (gRPC's A8).
  std::optional<std::chrono::milliseconds> min_ping_interval;
  /// Whether min_ping_interval is for connections without calls too, or kIdlePingInterval.
  bool allow_pings_without_calls = false;
};

inline constexpr int kMaxPingStrikes = 2;
inline constexpr std::chrono::hours kIdlePingInterval{2};

}  // namespace scoregate::rpc
