// The batch jobs that one lane has created, as they were last seen: what ListOperations shows.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <string_view>

#include "google/longrunning/operations.pb.h"

namespace scoregate::service {

/// Jobs that a lane remembers, and the bytes of their operations; beyond, the oldest is forgotten
/// (it can still be asked for by name).
inline constexpr std::size_t kMaxListedJobs = 1000;
inline constexpr std::size_t kMaxListedBytes = std::size_t{8} * 1024 * 1024;

/// Never changed once it is made, so that lanes may share it.
using OperationPtr = std::shared_ptr<const google::longrunning::Operation>;

/// A job and when it was created.
struct ListedJob {
  std::chrono::steady_clock::time_point created;
  OperationPtr operation;
};

/// Belongs to one lane.
class JobList {
 public:
  void Add(ListedJob job);
  /// Takes over what was seen of a job, if it is one of the list.
  void Update(const OperationPtr& operation);
  void Forget(std::string_view name);

  /// Oldest first.
  const std::deque<ListedJob>& jobs() const { return jobs_; }

 private:
  std::deque<ListedJob>::iterator Find(std::string_view name);
  void Replace(ListedJob& job, OperationPtr operation);
  void ForgetOldest();

  std::deque<ListedJob> jobs_;
  std::size_t bytes_ = 0;
};

}  // namespace scoregate::service
