#include "gateway/emulator/dialects/classic/jobs.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/emulator/dialects/classic/job_desk.h"
#include "gateway/emulator/dialects/classic/score.h"
#include "gateway/emulator/errors/envelope.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view kRuntimeParameter = "runtime_ms";
constexpr std::string_view kStartPrefix = "start/";
constexpr double kMaxRuntimeMs = 3'600'000;

Answer Refuse(std::string_view code, std::string text) {
  const ErrorDetail detail{code, "", std::move(text)};
  return EnvelopeAnswer("BadArgument", detail);
}

std::string_view PhaseName(JobPhase phase) {
  switch (phase) {
    case JobPhase::kNotStarted:
      return "NotStarted";
    case JobPhase::kRunning:
      return "Running";
    case JobPhase::kFailed:
      return "Failed";
    case JobPhase::kCancelled:
      return "Cancelled";
    case JobPhase::kFinished:
      return "Finished";
  }
  return "";
}

// What a failed job says, in the mixture of prose and JSON that the service uses.
std::string FailureDetails(JobEnding ending) {
  switch (ending) {
    case JobEnding::kModuleError:
      return R"(Module: Execute Python Script; SNR Job Id: emulated; errorComponent=Module. )"
             R"(taskStatusCode=400. {"Exception":{"ErrorId":"FailedToEvaluateScript",)"
             R"("ErrorCode":"0085","ExceptionType":"ModuleException",)"
             R"("Message":"Error 0085: the script raised."}}Error: the script raised. )"
             R"(Process exited with error code -2)";
    case JobEnding::kLibraryError:
      return R"(Module: Score Model; SNR Job Id: emulated; errorComponent=Module. )"
             R"(taskStatusCode=400. {"Exception":{"ErrorId":"LibraryException",)"
             R"("ErrorCode":"1000","ExceptionType":"ModuleException",)"
             R"("Message":"Error 1000: a library raised.","Exception":{"Library":"Emulated",)"
             R"("ExceptionType":"LibraryException","ErrorCode":"381",)"
             R"("Message":"the columns are not those of the training"}}}Error: a library raised.)";
    case JobEnding::kInternalError:
      return "Module: Score Model; errorComponent=Backend. taskStatusCode=500. "
             "Error: the worker went away.";
    case JobEnding::kProseOnly:
      return "The job failed; see https://emulated.blob.core.windows.net/logs/"
             "job.txt?sv=2015-02-21&sr=b&sig=ZW11bGF0ZWQtc2lnbmF0dXJlLW9mLXRoZS1sb2c%3D for more.";
    case JobEnding::kFinished:
      return "";
  }
  return "";
}

std::string Results(const Job& job) {
  std::string out = "{";
  for (const JobOutput& output : job.outputs) {
    if (out.size() > 1) out += ',';
    std::string place = output.relative_location;
    if (place.empty()) place = "results/" + job.id + "/" + output.name + ".csv";
    out += Quoted(output.name) + R"(:{"BaseLocation":"https://emulated.blob.core.windows.net/",)" +
           R"("RelativeLocation":)" + Quoted(place) +
           R"(,"SasBlobToken":"?sv=2015-02-21&sr=b&sig=ZW11bGF0ZWQtc2lnbmF0dXJl&se=2030-01-01"})";
  }
  return out + "}";
}

// The job that the path names: .../jobs/ID or .../jobs/ID/start.
Job* FindJob(const Call& call) {
  std::string_view path = call.target.path;
  constexpr std::string_view kJobs = "/jobs/";
  const std::size_t at = path.rfind(kJobs);
  if (at == path.npos) return nullptr;
  path.remove_prefix(at + kJobs.size());
  return call.jobs.Find(path.substr(0, path.find('/')));
}

Answer NoSuchJob() {
  return EnvelopeAnswer("NotFound", std::span<const ErrorDetail>());
}

// Reads the parameters into the job; an answer where one of them orders an error.
std::optional<Answer> ReadParameters(const Call& call, object root, Job& job) {
  object parameters;
  if (root["GlobalParameters"].get(parameters) != simdjson::SUCCESS) return std::nullopt;
  double runtime_ms = 0;
  if (parameters[kRuntimeParameter].get(runtime_ms) == simdjson::SUCCESS) {
    runtime_ms = std::clamp(runtime_ms, 0.0, kMaxRuntimeMs);
    job.runtime = std::chrono::milliseconds(static_cast<std::int64_t>(runtime_ms));
  }
  std::string_view order;
  if (parameters[kRaiseParameter].get(order) != simdjson::SUCCESS) return std::nullopt;
  if (order.starts_with(kStartPrefix)) {
    job.start_order = order.substr(kStartPrefix.size());
  } else if (auto ending = JobEndingOf(order)) {
    job.ending = *ending;
  } else {
    return call.raises.Decide(order, call.target.path).answer;
  }
  return std::nullopt;
}

}  // namespace

Answer SubmitJob(const Call& call) {
  element document;
  object root;
  if (call.parser.parse(call.request.body).get(document) != simdjson::SUCCESS ||
      document.get(root) != simdjson::SUCCESS) {
    return Refuse("RequestBodyInvalid", "The body is not a JSON object.");
  }
  element ignored;
  if (root["Input"].get(ignored) == simdjson::SUCCESS &&
      root["Inputs"].get(ignored) == simdjson::SUCCESS) {
    return Refuse("DuplicateInputInBatchCall", "Both Input and Inputs are there.");
  }
  Job job;
  if (auto refusal = ReadParameters(call, root, job)) return *std::move(refusal);
  object outputs;
  if (root["Outputs"].get(outputs) == simdjson::SUCCESS) {
    for (const auto output : outputs) {
      std::string_view place;
      if (output.value["RelativeLocation"].get(place) != simdjson::SUCCESS) place = "";
      job.outputs.push_back({std::string(output.key), std::string(place)});
    }
  }
  if (job.outputs.empty()) job.outputs.push_back({std::string(kOutputName), ""});
  return MakeAnswer(200, kJsonType, Quoted(call.jobs.Add(std::move(job)).id));
}

Answer StartJob(const Call& call) {
  Job* job = FindJob(call);
  if (job == nullptr) return NoSuchJob();
  if (!job->start_order.empty()) {
    const std::string order = std::exchange(job->start_order, "");
    RaiseVerdict verdict = call.raises.Decide(order, call.target.path);
    if (verdict.answer) return *std::move(verdict.answer);
  }
  if (!job->started) job->started = std::chrono::steady_clock::now();
  return MakeAnswer(204, "", "");
}

Answer DescribeJob(const Call& call) {
  const Job* job = FindJob(call);
  if (job == nullptr) return NoSuchJob();
  const JobPhase phase = job->PhaseAt(std::chrono::steady_clock::now());
  std::string body = R"({"StatusCode":)" + Quoted(PhaseName(phase));
  body += R"(,"Results":)";
  body += phase == JobPhase::kFinished ? Results(*job) : "null";
  body += R"(,"Details":)";
  body += phase == JobPhase::kFailed ? Quoted(FailureDetails(job->ending)) : "null";
  return MakeAnswer(200, kJsonType, body + "}");
}

Answer CancelJob(const Call& call) {
  Job* job = FindJob(call);
  if (job == nullptr) return NoSuchJob();
  const JobPhase phase = job->PhaseAt(std::chrono::steady_clock::now());
  if (phase == JobPhase::kNotStarted || phase == JobPhase::kRunning) job->cancelled = true;
  return MakeAnswer(204, "", "");
}

}  // namespace scoregate::emulator
