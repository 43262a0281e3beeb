#include "client/retry.h"

#include <algorithm>
#include <thread>

namespace scoregate::client {
namespace {

constexpr std::chrono::milliseconds kFirstBackoff{200};
constexpr int kMostDoublings = 6;

}  // namespace

std::optional<std::chrono::milliseconds> DelayBeforeRetry(const ScoreError& error, int attempts) {
  // The codes of RetryServiceConfig.
  const bool unavailable = error.code == grpc::StatusCode::UNAVAILABLE;
  if (!unavailable && error.code != grpc::StatusCode::RESOURCE_EXHAUSTED) return std::nullopt;
  if (error.has_details) return error.retry_delay;
  if (!unavailable) return std::nullopt;
  return kFirstBackoff * (1 << std::clamp(attempts - 1, 0, kMostDoublings));
}

void PauseBeforeRetry(grpc::Channel& channel, const ScoreError& error,
                      std::chrono::system_clock::time_point until) {
  if (!error.has_details) channel.WaitForConnected(until);
  std::this_thread::sleep_until(until);
}

}  // namespace scoregate::client
