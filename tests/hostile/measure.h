// Plays an attack and measures both sides of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

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

  /// Adds what further plays of the same attack cost.
  void Add(const Cost& more);
};

/// Plays it for about that long, at least once.
Cost MeasureCost(const Attack& attack, Target& target, const Scale& scale,
                 std::chrono::milliseconds time);

/// What an innocent caller's calls took.
struct Percentiles {
  Innocent::Microseconds p50{0};
  Innocent::Microseconds p99{0};
};

/// Without the attack, while another gateway on the same machine is attacked, and while its own is.
/// Attacker, attacked, caller and upstream share the machine's cores: what they take from each
/// other by that is in the second figure, and what comes of sharing the gateway in the third alone.
struct Latency {
  Percentiles alone;
  Percentiles beside;
  Percentiles under;
  std::size_t calls = 0;

  /// By how much of it the p99 rises over what it is without an attack on this gateway.
  double Rise() const;
};

/// Rounds of the three in turn, because the machine changes meanwhile. The attacker takes a quarter
/// of a core at most, and only where no other thread wants to run.
class LatencyMeter {
 public:
  LatencyMeter(const Attack& attack, Target& target, Target& other, Innocent& innocent)
      : attack_(attack), target_(target), other_(other), innocent_(innocent) {}

  void Play(std::size_t rounds);
  Latency Read() const;

 private:
  using Samples = std::vector<Innocent::Microseconds>;

  void PlayOn(Target& target, Samples& into);

  const Attack& attack_;
  Target& target_;
  Target& other_;
  Innocent& innocent_;
  Samples alone_;
  Samples beside_;
  Samples under_;
};

}  // namespace scoregate::hostile
