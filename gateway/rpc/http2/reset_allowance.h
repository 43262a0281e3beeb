// How many broken calls a connection may have: a bucket that refills with time.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "gateway/lane/task.h"

namespace scoregate::rpc {

/// Opening and resetting calls costs a caller nothing and us something ("rapid reset").
class ResetAllowance {
 public:
  ResetAllowance(std::uint32_t burst, std::uint32_t per_second, lane::Clock::time_point now)
      : burst_(burst), per_second_(per_second), left_(burst), last_(now) {}

  /// Uses one; false where none is left.
  bool Take(lane::Clock::time_point now) {
    std::chrono::duration<double> passed = now - last_;
    last_ = now;
    left_ = std::min(burst_, left_ + passed.count() * per_second_);
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  double burst_;
  double per_second_;
  double left_;
  lane::Clock::time_point last_;
};

}  // namespace scoregate::rpc
