// A caller that does nothing wrong, on connections of its own, and notes how long each call took.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace scoregate::hostile {

/// Calls Score at a steady pace on a thread of its own, over several connections in turn.
class Innocent {
 public:
  using Microseconds = std::chrono::microseconds;

  Innocent(std::string address, std::chrono::milliseconds pace);
  ~Innocent();
  Innocent(const Innocent&) = delete;
  Innocent& operator=(const Innocent&) = delete;

  /// What its calls took since the last time this was asked.
  std::vector<Microseconds> TakeLatencies();
  /// Calls that were not answered with OK.
  std::size_t failures() const { return failures_; }
  /// How the last of these ended.
  std::string failure() const;

 private:
  void Run();

  // As many as make it likely that each of the gateway's lanes has one.
  static constexpr std::uint32_t kConnections = 4;

  std::string address_;
  std::chrono::milliseconds pace_;
  std::atomic<bool> stops_ = false;
  std::atomic<std::size_t> failures_ = 0;
  mutable std::mutex mutex_;
  std::vector<Microseconds> latencies_;
  std::string failure_;
  std::thread thread_;
};

/// The value below which that share (0 to 1) of them lies; zero of none.
Innocent::Microseconds Quantile(std::vector<Innocent::Microseconds> latencies, double share);

}  // namespace scoregate::hostile
