#include "gateway/emulator/dialects/classic/job_desk.h"

#include <algorithm>
#include <array>
#include <utility>

namespace scoregate::emulator {
namespace {

struct EndingName {
  std::string_view order;
  JobEnding ending;
};

constexpr auto kEndings = std::to_array<EndingName>({
    {"job/module-error", JobEnding::kModuleError},
    {"job/library-error", JobEnding::kLibraryError},
    {"job/internal-error", JobEnding::kInternalError},
    {"job/prose-only", JobEnding::kProseOnly},
});

}  // namespace

std::optional<JobEnding> JobEndingOf(std::string_view order) {
  auto found = std::ranges::find(kEndings, order, &EndingName::order);
  if (found == kEndings.end()) return std::nullopt;
  return found->ending;
}

JobPhase Job::PhaseAt(std::chrono::steady_clock::time_point now) const {
  if (cancelled) return JobPhase::kCancelled;
  if (!started) return JobPhase::kNotStarted;
  if (now < *started + runtime) return JobPhase::kRunning;
  return ending == JobEnding::kFinished ? JobPhase::kFinished : JobPhase::kFailed;
}

JobDesk::JobDesk() : random_(std::random_device()()) {}

Job& JobDesk::Add(Job job) {
  constexpr std::string_view kHex = "0123456789abcdef";
  job.id.clear();
  for (int half = 0; half < 2; ++half) {
    std::uint64_t bits = random_();
    for (int i = 0; i < 16; ++i, bits >>= 4) job.id += kHex[bits & 0xF];
  }
  jobs_.push_back(std::move(job));
  if (jobs_.size() > kMaxJobs) jobs_.pop_front();
  return jobs_.back();
}

Job* JobDesk::Find(std::string_view id) {
  auto found =
      std::ranges::find(jobs_, id, [](const Job& job) { return std::string_view(job.id); });
  return found == jobs_.end() ? nullptr : &*found;
}

}  // namespace scoregate::emulator
