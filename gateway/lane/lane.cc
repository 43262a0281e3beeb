#include "gateway/lane/lane.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace scoregate::lane {
namespace {

std::size_t CpusOfAffinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
}

std::optional<std::int64_t> ReadNumber(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return number;
}

std::string FirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::optional<std::size_t> CpusOf(std::optional<std::int64_t> quota,
                                  std::optional<std::int64_t> period) {
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return static_cast<std::size_t>((*quota + *period - 1) / *period);
}

// The cgroup that a process of a container sees as its root carries the container's quota; version
// 2 says "QUOTA PERIOD" or "max PERIOD" in one file.
std::optional<std::size_t> CpusOfQuota() {
  std::string both = FirstLine("/sys/fs/cgroup/cpu.max");
  if (std::size_t space = both.find(' '); space != std::string::npos) {
    std::string_view text = both;
    return CpusOf(ReadNumber(text.substr(0, space)), ReadNumber(text.substr(space + 1)));
  }
  return CpusOf(ReadNumber(FirstLine("/sys/fs/cgroup/cpu/cpu.cfs_quota_us")),
                ReadNumber(FirstLine("/sys/fs/cgroup/cpu/cpu.cfs_period_us")));
}

}  // namespace

Lane::Lane() : keep_running_(context_.get_executor()) {}

Lane::~Lane() {
  Stop();
}

void Lane::Start() {
  thread_ = std::thread([this] {
    pthread_setname_np(pthread_self(), "lane");
    context_.run();
  });
}

void Lane::Stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

std::size_t DefaultLaneCount() {
  std::size_t cpus = CpusOfAffinity();
  return std::max<std::size_t>(1, std::min(cpus, CpusOfQuota().value_or(cpus)));
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
