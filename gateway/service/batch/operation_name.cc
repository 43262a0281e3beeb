#include "gateway/service/batch/operation_name.h"

#include "gateway/http/job_id.h"

namespace scoregate::service {
namespace {

constexpr std::string_view kCollection = "operations/";

}  // namespace

std::string OperationName(const JobName& job) {
  return std::string(kCollection) + job.endpoint + "/" + job.job_id;
}

std::optional<JobName> ParseOperationName(std::string_view name) {
  if (!name.starts_with(kCollection)) return std::nullopt;
  name.remove_prefix(kCollection.size());
  const std::size_t slash = name.find('/');
  if (slash == 0 || slash == name.npos) return std::nullopt;
  JobName job{std::string(name.substr(0, slash)), std::string(name.substr(slash + 1))};
  if (!http::IsJobId(job.job_id)) return std::nullopt;
  return job;
}

}  // namespace scoregate::service
