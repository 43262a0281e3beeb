// Memory that all connections of a lane take from one budget.
#pragma once

#include <algorithm>
#include <cstddef>

namespace scoregate::rpc {

/// Counts bytes. Once the budget is used up, only connections that have less than their part of it,
/// the budget divided by the connections, are given more: who takes little does not suffer for
/// those who take much, however many they are, and all together have no more than twice the budget.
class LaneBudget {
 public:
  explicit LaneBudget(std::size_t bytes) : limit_(bytes) {}

  void Join() { ++connections_; }
  void Leave() { --connections_; }

  /// Takes so much for a connection that has `had`; false, and nothing is taken, where that is more
  /// than there is for it.
  bool Take(std::size_t had, std::size_t bytes) {
    if (taken_ + bytes > limit_ && had + bytes > Part()) return false;
    taken_ += bytes;
    return true;
  }
  void GiveBack(std::size_t bytes) { taken_ -= bytes; }

  std::size_t taken() const { return taken_; }

 private:
  std::size_t Part() const { return limit_ / std::max<std::size_t>(1, connections_); }

  std::size_t limit_;
  std::size_t taken_ = 0;
  std::size_t connections_ = 0;
};

/// What one connection has of the budget; given back with it.
class BudgetPart {
 public:
  /// The budget must outlive it.
  explicit BudgetPart(LaneBudget& lane) : lane_(lane) { lane_.Join(); }
  ~BudgetPart() {
    lane_.GiveBack(bytes_);
    lane_.Leave();
  }
  BudgetPart(const BudgetPart&) = delete;
  BudgetPart& operator=(const BudgetPart&) = delete;

  /// False, and nothing is taken, where that is more than there is for it.
  bool Take(std::size_t bytes) {
    if (!lane_.Take(bytes_, bytes)) return false;
    bytes_ += bytes;
    return true;
  }
  void GiveBack(std::size_t bytes) {
    bytes_ -= bytes;
    lane_.GiveBack(bytes);
  }
  std::size_t bytes() const { return bytes_; }

 private:
  LaneBudget& lane_;
  std::size_t bytes_ = 0;
};

}  // namespace scoregate::rpc
