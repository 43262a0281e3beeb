// How much of what costs a caller nothing a connection may do: a bucket that refills with time.
#pragma once

#include <algorithm>
#include <chrono>

#include "gateway/lane/task.h"

namespace scoregate::rpc {

/// Frames without content, and calls that are opened to be reset, cost a caller next to nothing and
/// us something: a connection has so many, and gets them back with time.
class Allowance {
 public:
  Allowance(double burst, double per_second, lane::Clock::time_point now)
      : burst_(burst), per_second_(per_second), left_(burst), last_(now) {}

  /// Uses so much; false where less was left. A negative amount gives back.
  bool Take(double amount, lane::Clock::time_point now) {
    std::chrono::duration<double> passed = now - last_;
    last_ = now;
    left_ = std::min(burst_, left_ + passed.count() * per_second_);
    left_ = std::min(burst_, left_ - amount);
    if (left_ >= 0) return true;
    left_ = 0;
    return false;
  }

  /// Whether some of it is used up.
  bool is_used() const { return left_ < burst_; }
  bool is_half_used() const { return left_ < burst_ / 2; }

  /// Gives so much back.
  void Give(double amount) { left_ = std::min(burst_, left_ + amount); }

 private:
  double burst_;
  double per_second_;
  double left_;
  lane::Clock::time_point last_;
};

}  // namespace scoregate::rpc
