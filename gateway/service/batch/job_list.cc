#include "gateway/service/batch/job_list.h"

#include <algorithm>
#include <utility>

namespace scoregate::service {

std::deque<ListedJob>::iterator JobList::Find(std::string_view name) {
  return std::ranges::find(
      jobs_, name, [](const ListedJob& job) { return std::string_view(job.operation.name()); });
}

void JobList::Add(ListedJob job) {
  // A job that is started again by its name is the same job.
  if (auto known = Find(job.operation.name()); known != jobs_.end()) {
    known->operation = std::move(job.operation);
    return;
  }
  jobs_.push_back(std::move(job));
  if (jobs_.size() > kMaxListedJobs) jobs_.pop_front();
}

void JobList::Update(const google::longrunning::Operation& operation) {
  if (auto known = Find(operation.name()); known != jobs_.end()) known->operation = operation;
}

void JobList::Forget(std::string_view name) {
  if (auto known = Find(name); known != jobs_.end()) jobs_.erase(known);
}

}  // namespace scoregate::service
