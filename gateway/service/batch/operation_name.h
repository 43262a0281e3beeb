// The names of batch operations: all that is needed to ask for a job, so that no store is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scoregate::service {

/// Where a job is: at which endpoint, under which id.
struct JobName {
  std::string endpoint;
  std::string job_id;
};

/// "operations/ENDPOINT/JOB".
std::string OperationName(const JobName& job);

/// Nothing where the name is not of that form.
std::optional<JobName> ParseOperationName(std::string_view name);

}  // namespace scoregate::service
