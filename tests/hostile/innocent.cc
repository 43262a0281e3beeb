#include "tests/hostile/innocent.h"

#include <algorithm>
#include <memory>

#include "tests/hostile/attack.h"

namespace scoregate::hostile {

Innocent::Innocent(std::string address, std::chrono::milliseconds pace)
    : address_(std::move(address)), pace_(pace), thread_([this] { Run(); }) {}

Innocent::~Innocent() {
  stops_ = true;
  thread_.join();
}

void Innocent::Run() {
  Field field(address_, {});
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < kConnections; ++i) peers.push_back(field.Open());
  auto due = Peer::Clock::now();
  for (std::uint32_t call = 0; !stops_; ++call) {
    Peer& peer = *peers[call % kConnections];
    std::uint32_t stream = call / kConnections * 2 + 1;
    due += pace_;
    peer.ReadUntil([] { return false; },
                   std::chrono::duration_cast<Peer::Milliseconds>(due - Peer::Clock::now()));
    auto begin = Peer::Clock::now();
    peer.Send(InnocentCall(stream) + WindowUpdate(0, 1000));
    std::string verdict = VerdictOn(peer, stream);
    auto took = std::chrono::duration_cast<Microseconds>(Peer::Clock::now() - begin);
    peer.Forget(stream);
    // After a pause of the machine it does not catch up in a burst.
    due = std::max(due, Peer::Clock::now() - pace_);
    std::lock_guard lock(mutex_);
    latencies_.push_back(took);
    if (verdict == "grpc-status 0") continue;
    ++failures_;
    failure_ = verdict;
    if (peer.closed()) peers[call % kConnections] = field.Open();
  }
}

std::vector<Innocent::Microseconds> Innocent::TakeLatencies() {
  std::lock_guard lock(mutex_);
  return std::exchange(latencies_, {});
}

std::string Innocent::failure() const {
  std::lock_guard lock(mutex_);
  return failure_;
}

Innocent::Microseconds Quantile(std::vector<Innocent::Microseconds> latencies, double share) {
  if (latencies.empty()) return {};
  auto index = static_cast<std::size_t>(share * static_cast<double>(latencies.size() - 1));
  std::ranges::nth_element(latencies, latencies.begin() + static_cast<std::ptrdiff_t>(index));
  return latencies[index];
}

}  // namespace scoregate::hostile
