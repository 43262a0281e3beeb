#include "gateway/lane/lane.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>

#include "gateway/lane/cgroup.h"
#include "gateway/lane/kept_memory.h"

namespace scoregate::lane {
namespace {

std::size_t CpusOfAffinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
}

}  // namespace

Lane::Lane() : keep_running_(context_.get_executor()) {}

Lane::~Lane() {
  Stop();
}

void Lane::Start() {
  thread_ = std::thread([this] {
    pthread_setname_np(pthread_self(), "lane");
    KeptMemory kept;
    context_.run();
  });
}

void Lane::Stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
  aside_.Stop();
}

std::size_t DefaultLaneCount() {
  std::size_t cpus = CpusOfAffinity();
  return std::max<std::size_t>(1, std::min(cpus, CpuQuota().value_or(cpus)));
}

Lanes::Lanes(std::size_t count) {
  for (std::size_t i = 0; i < std::max<std::size_t>(1, count); ++i) {
    lanes_.push_back(std::make_unique<Lane>());
  }
}

void Lanes::Start() {
  for (auto& lane : lanes_) lane->Start();
}

void Lanes::Stop() {
  for (auto& lane : lanes_) lane->Stop();
}

std::size_t Lanes::LeastLoaded() const {
  auto least = std::ranges::min_element(lanes_, {}, [](const auto& lane) { return lane->load(); });
  return static_cast<std::size_t>(least - lanes_.begin());
}

}  // namespace scoregate::lane
