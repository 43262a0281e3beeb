#include "gateway/service/batch/job_list.h"

#include <algorithm>
#include <utility>

namespace scoregate::service {

std::deque<ListedJob>::iterator JobList::Find(std::string_view name) {
  return std::ranges::find(
      jobs_, name, [](const ListedJob& job) { return std::string_view(job.operation->name()); });
}

void JobList::Add(ListedJob job) {
  // A job that is started again by its name is the same job.
  if (auto known = Find(job.operation->name()); known != jobs_.end()) {
    Replace(*known, std::move(job.operation));
  } else {
    bytes_ += job.operation->ByteSizeLong();
    jobs_.push_back(std::move(job));
  }
  ForgetOldest();
}

void JobList::Update(const OperationPtr& operation) {
  if (auto known = Find(operation->name()); known != jobs_.end()) Replace(*known, operation);
  ForgetOldest();
}

void JobList::Forget(std::string_view name) {
  auto known = Find(name);
  if (known == jobs_.end()) return;
  bytes_ -= known->operation->ByteSizeLong();
  jobs_.erase(known);
}

void JobList::Replace(ListedJob& job, OperationPtr operation) {
  bytes_ -= job.operation->ByteSizeLong();
  bytes_ += operation->ByteSizeLong();
  job.operation = std::move(operation);
}

void JobList::ForgetOldest() {
  while (jobs_.size() > kMaxListedJobs || bytes_ > kMaxListedBytes) {
    bytes_ -= jobs_.front().operation->ByteSizeLong();
    jobs_.pop_front();
  }
}

}  // namespace scoregate::service
