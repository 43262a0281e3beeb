// The batch jobs that one lane has created, as they were last seen: what ListOperations shows.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string_view>

#include "google/longrunning/operations.pb.h"

namespace scoregate::service {

/// Jobs that a lane remembers; beyond, the oldest is forgotten (it can still be asked for by name).
inline constexpr std::size_t kMaxListedJobs = 1000;

/// A job and when it was created.
struct ListedJob {
  std::chrono::steady_clock::time_point created;
  google::longrunning::Operation operation;
};

/// Belongs to one lane.
class JobList {
 public:
  void Add(ListedJob job);
  /// Takes over what was seen of a job, if it is one of the list.
  void Update(const google::longrunning::Operation& operation);
  void Forget(std::string_view name);

  /// Oldest first.
  const std::deque<ListedJob>& jobs() const { return jobs_; }

 private:
  std::deque<ListedJob>::iterator Find(std::string_view name);

  std::deque<ListedJob> jobs_;
};

}  // namespace scoregate::service
