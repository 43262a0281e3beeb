#include "gateway/errorbody/job/job_state.h"

#include <algorithm>
#include <array>

#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/text.h"
#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {
namespace {

struct Spelling {
  std::string_view text;
  JobState state;
};

// Letters only, in lower case: the documents disagree about blanks, capitals and the second l.
constexpr auto kSpellings = std::to_array<Spelling>({
    {"0", JobState::kNotStarted},
    {"1", JobState::kRunning},
    {"2", JobState::kFailed},
    {"3", JobState::kCancelled},
    {"4", JobState::kFinished},
    {"notstarted", JobState::kNotStarted},
    {"running", JobState::kRunning},
    {"failed", JobState::kFailed},
    {"cancelled", JobState::kCancelled},
    {"canceled", JobState::kCancelled},
    {"finished", JobState::kFinished},
});

// Exceptions that are looked at, one inside the other.
constexpr std::size_t kMaxNestedExceptions = 8;
// Places in the prose where they are looked for.
constexpr std::size_t kMaxBraces = 8;

constexpr std::string_view kTaskStatus = "taskStatusCode=";
constexpr int kBadRequest = 400;
constexpr int kInternalServerError = 500;

JobState StateOf(JsonValue value) {
  std::string plain;
  for (char c : value.Text(kMaxCodeBytes)) {
    if (c != ' ' && c != '_') plain += LowerCase(c);
  }
  for (const Spelling& spelling : kSpellings) {
    if (spelling.text == plain) return spelling.state;
  }
  return JobState::kUnknown;
}

std::string LocationOf(JsonValue value) {
  return value.IsString() ? value.Text(kMaxLocationBytes) : std::string();
}

int TaskStatusOf(std::string_view details) {
  std::size_t at = details.find(kTaskStatus);
  if (at == details.npos) return 0;
  details.remove_prefix(at + kTaskStatus.size());
  int status = 0;
  for (std::size_t i = 0; i < details.size() && i < 3 && IsDigit(details[i]); ++i) {
    status = status * 10 + (details[i] - '0');
  }
  return status;
}

ReportedItem ItemOf(JsonValue exception) {
  ReportedItem item;
  item.code = CodeOf(FirstOf(exception, {"ErrorCode", "ErrorId"}));
  item.target = FirstOf(exception, {"ExceptionType"}).Text(kMaxCodeBytes);
  item.message = FirstMessage(exception, {"Message"});
  return item;
}

std::vector<ReportedItem> ExceptionsIn(std::string_view details) {
  std::vector<ReportedItem> items;
  std::size_t brace = details.find('{');
  // The prose before it may have braces of its own: `requestId = {guid}`.
  for (std::size_t i = 0; i < kMaxBraces && items.empty() && brace != details.npos; ++i) {
    const JsonTree tree(details.substr(brace));
    JsonValue exception = tree.root()["Exception"];
    while (exception.IsObject() && items.size() < kMaxNestedExceptions) {
      items.push_back(ItemOf(exception));
      exception = exception["Exception"];
    }
    brace = details.find('{', brace + 1);
  }
  return items;
}

}  // namespace

JobReport ReadJobReport(std::string_view text) {
  std::string storage;
  const JsonTree tree(WithoutByteOrderMark(text, storage));
  const JsonValue root = tree.root();
  JobReport report;
  report.state = StateOf(FirstOf(root, {"StatusCode", "Status Code"}));
  report.details = FirstOf(root, {"Details"}).Text(kMaxJobDetailsBytes);
  if (FirstOf(root, {"Details"}).IsNothing()) report.details.clear();
  for (JsonValue output = root["Results"].first(); output; output = output.next()) {
    if (!output.IsObject() || report.outputs.size() == kMaxJobOutputs) continue;
    JobOutput place;
    place.name = output.Key(kMaxCodeBytes);
    place.connection_string = LocationOf(output["ConnectionString"]);
    place.relative_location = LocationOf(output["RelativeLocation"]);
    place.base_location = LocationOf(output["BaseLocation"]);
    place.sas_blob_token = LocationOf(output["SasBlobToken"]);
    report.outputs.push_back(std::move(place));
  }
  return report;
}

ReportedError ReadFailedJob(const JobReport& report, int http_status) {
  ReportedError error;
  error.http_status = http_status;
  error.voice = Voice::kApplication;
  error.shape = "batch_job";
  error.message = Repaired(report.details, kMaxTextBytes);
  error.items = ExceptionsIn(report.details);
  const int task_status = TaskStatusOf(report.details);
  if (task_status == kBadRequest && !error.items.empty()) {
    const bool library = error.items.back().target == "LibraryException";
    error.task_status = task_status;
    error.outer_code = library ? "LibraryExecutionError" : "ModuleExecutionError";
  } else if (task_status == kInternalServerError || task_status == 0) {
    // Without a number the service says no more than that it failed.
    error.task_status = kInternalServerError;
    error.outer_code = "InternalError";
  } else {
    error.embedded_status = task_status;
  }
  error.inner_code = error.outer_code;
  return error;
}

}  // namespace scoregate::errorbody
