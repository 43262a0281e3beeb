// What a batch job's status body says: its state, where its outputs lie, and why it failed.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/errorbody/reported_error.h"

namespace scoregate::errorbody {

enum class JobState { kUnknown, kNotStarted, kRunning, kFailed, kCancelled, kFinished };

/// Where one output lies. Holds secrets: a SAS token, or the key in a connection string.
struct JobOutput {
  std::string name;
  std::string connection_string;
  std::string relative_location;
  std::string base_location;
  std::string sas_blob_token;
};

struct JobReport {
  JobState state = JobState::kUnknown;
  /// Free text, repaired, at most kMaxJobDetailsBytes; it may hold secrets.
  std::string details;
  /// In the order of the body, at most kMaxJobOutputs; empty until the job is finished.
  std::vector<JobOutput> outputs;
};

/// Bytes of a job's details that are read.
inline constexpr std::size_t kMaxJobDetailsBytes = std::size_t{64} * 1024;
/// Bytes of a location or token that are read.
inline constexpr std::size_t kMaxLocationBytes = std::size_t{8} * 1024;
/// Outputs that one job may report.
inline constexpr std::size_t kMaxJobOutputs = 256;

/// Reads a body that IsSuccess takes for kGetOperation. States are numbers or names in any of the
/// spellings that services and their documents use ("Canceled", "Not started"); what is none of
/// them is kUnknown.
JobReport ReadJobReport(std::string_view body);

/// Why a failed job failed, as an error answer (translation contract, 2.6, row "failed batch job"):
/// `task_status` stands for the status, the class is made of the exceptions in the prose, and their
/// numbers are the items, outermost first, each with its exception's type as the target.
/// `http_status` is what the body came with.
ReportedError ReadFailedJob(const JobReport& report, int http_status);

}  // namespace scoregate::errorbody
