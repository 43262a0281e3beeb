// How often a waiting call asks for a job.
#pragma once

#include <algorithm>
#include <chrono>

namespace scoregate::service {

/// The pause after the first look, the factor from pause to pause, and the longest pause.
inline constexpr std::chrono::milliseconds kFirstPollPause{500};
inline constexpr double kPollPauseGrowth = 1.5;
inline constexpr std::chrono::milliseconds kLongestPollPause{10'000};
/// Each pause is cut by up to this part of it, so that waiters do not ask in step; the longest one
/// stays the longest.
inline constexpr double kPollPauseSpread = 0.25;

/// The pauses of one wait. A value: the chance comes from outside.
class PollPace {
 public:
  /// The next pause. `chance` is between 0 (a pause in full) and 1 (cut by as much as it may be).
  std::chrono::milliseconds Next(double chance) {
    const std::chrono::duration<double, std::milli> cut = full_ * (1 - kPollPauseSpread * chance);
    full_ = std::min<std::chrono::duration<double, std::milli>>(full_ * kPollPauseGrowth,
                                                                kLongestPollPause);
    return std::chrono::duration_cast<std::chrono::milliseconds>(cut);
  }

 private:
  std::chrono::duration<double, std::milli> full_ = kFirstPollPause;
};

}  // namespace scoregate::service
