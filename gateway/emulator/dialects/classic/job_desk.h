// Batch jobs of the emulator: submitted, started, running for a while, then finished or failed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::emulator {

/// Jobs that are remembered; beyond, the oldest is forgotten.
inline constexpr std::size_t kMaxJobs = 1024;
/// How long a job runs where its submission does not say.
inline constexpr std::chrono::milliseconds kDefaultJobRuntime{1000};

/// How a job ends when its time is over.
enum class JobEnding { kFinished, kModuleError, kLibraryError, kInternalError, kProseOnly };

/// The ending that an order such as "job/module-error" asks for; nothing for any other text.
std::optional<JobEnding> JobEndingOf(std::string_view order);

enum class JobPhase { kNotStarted, kRunning, kFailed, kCancelled, kFinished };

/// An output of a job, and where the submission wants it: empty for a place of the service's own.
struct JobOutput {
  std::string name;
  std::string relative_location;
};

struct Job {
  std::string id;
  JobEnding ending = JobEnding::kFinished;
  std::chrono::milliseconds runtime = kDefaultJobRuntime;
  /// What the first start raises instead of starting; empty for nothing.
  std::string start_order;
  std::vector<JobOutput> outputs;
  std::optional<std::chrono::steady_clock::time_point> started;
  bool cancelled = false;

  JobPhase PhaseAt(std::chrono::steady_clock::time_point now) const;
};

/// Belongs to the server's thread.
class JobDesk {
 public:
  JobDesk();

  /// Takes over a job and gives it an id of 32 hexadecimal digits.
  Job& Add(Job job);
  /// Null where no job has that id.
  Job* Find(std::string_view id);

 private:
  std::deque<Job> jobs_;
  std::mt19937_64 random_;
};

}  // namespace scoregate::emulator
