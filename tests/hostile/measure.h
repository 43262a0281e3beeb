// Plays an attack and measures both sides of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "tests/hostile/attack.h"
#include "tests/hostile/innocent.h"
#include "tests/hostile/target.h"

namespace scoregate::hostile {

/// What one attack cost whom.
struct Cost {
  /// How it ended, each time; several endings where they differed.
  std::string ending;
  std::size_t plays = 0;
  std::chrono::nanoseconds gateway{0};
  std::chrono::nanoseconds attacker{0};
  /// How much the gateway's memory grew at most, per connection open at the time, in bytes.
  std::size_t rss_per_connection = 0;
};

/// Plays it for about that long, at least once.
Cost MeasureCost(const Attack& attack, Target& target, const Scale& scale,
                 std::chrono::milliseconds time);

/// What an innocent caller's calls took, without and with the attack.
struct Latency {
  Innocent::Microseconds p50_before{0};
  Innocent::Microseconds p50_under{0};
  Innocent::Microseconds p99_before{0};
  Innocent::Microseconds p99_under{0};
  std::size_t calls = 0;
};

/// Rounds without and with the attack in turn, because the machine changes meanwhile. The attacker
/// takes a quarter of a core, so that what is seen is the gateway's doing and not that of an
/// attacker on the same machine.
Latency MeasureLatency(const Attack& attack, Target& target, Innocent& innocent,
                       std::size_t rounds);

}  // namespace scoregate::hostile
