#include "gateway/service/batch/jobs.h"

#include "gateway/errorbody/read.h"
#include "gateway/redact/redact.h"
#include "gateway/service/find_endpoint.h"

namespace scoregate::service {
namespace {

using errorbody::JobState;
using google::longrunning::Operation;
using http::Fault;
using http::FaultKind;
using scoring::v1::BatchJob;

// Bytes of a job's details that go to callers, cut at a character.
constexpr std::size_t kMaxToldDetailsBytes = std::size_t{4} * 1024;

BatchJob::State StateName(JobState state) {
  switch (state) {
    case JobState::kUnknown:
      return BatchJob::STATE_UNSPECIFIED;
    case JobState::kNotStarted:
      return BatchJob::NOT_STARTED;
    case JobState::kRunning:
      return BatchJob::RUNNING;
    case JobState::kFailed:
      return BatchJob::FAILED;
    case JobState::kCancelled:
      return BatchJob::CANCELLED;
    case JobState::kFinished:
      return BatchJob::FINISHED;
  }
  return BatchJob::STATE_UNSPECIFIED;
}

// The locations go as they came, tokens and all: they are the answer itself.
scoring::v1::BatchJobResult ResultOf(const errorbody::JobReport& report) {
  scoring::v1::BatchJobResult result;
  for (const errorbody::JobOutput& output : report.outputs) {
    scoring::v1::BlobLocation& location = (*result.mutable_outputs())[output.name];
    location.set_connection_string(output.connection_string);
    location.set_relative_location(output.relative_location);
    location.set_base_location(output.base_location);
    location.set_sas_blob_token(output.sas_blob_token);
  }
  return result;
}

std::string ToldDetails(const std::string& details) {
  std::string told = redact::Redact(details);
  if (told.size() <= kMaxToldDetailsBytes) return told;
  std::size_t end = kMaxToldDetailsBytes;
  while (end > 0 && (static_cast<unsigned char>(told[end]) & 0xC0) == 0x80) --end;
  told.resize(end);
  return told;
}

// What the list keeps of an operation: for a finished job where its outputs lie, without what is
// needed to read them. Tokens are given to who asks for the job, not to who asks what there is.
OperationPtr Listed(const Operation& operation) {
  auto listed = std::make_shared<Operation>(operation);
  scoring::v1::BatchJobResult result;
  if (!operation.has_response() || !operation.response().UnpackTo(&result)) return listed;
  for (auto& [name, location] : *result.mutable_outputs()) {
    location.clear_connection_string();
    location.clear_sas_blob_token();
    location.set_base_location(redact::Redact(location.base_location()));
    location.set_relative_location(redact::Redact(location.relative_location()));
  }
  listed->mutable_response()->PackFrom(result);
  return listed;
}

}  // namespace

Jobs::Jobs(LaneEndpoints& endpoints, FailureReporter& reporter)
    : endpoints_(endpoints), reporter_(reporter) {}

http::Result<JobPlace> Jobs::Find(const std::string& operation_name) {
  std::optional<JobName> name = ParseOperationName(operation_name);
  if (!name) {
    Fault fault(FaultKind::kOperationNotFound, "name",
                "the name of an operation is operations/ENDPOINT/JOB");
    fault.resource = operation_name;
    return fault;
  }
  auto endpoint = FindEndpoint(endpoints_, name->endpoint, "name");
  if (!endpoint.ok()) return endpoint.fault();
  return JobPlace{endpoint.value(), *std::move(name)};
}

lane::Task<rpc::Outcome> Jobs::Tell(const CallContext& context, const JobPlace& job,
                                    dialect::classic::JobCall call) {
  auto request = dialect::classic::EncodeJobCall(call, job.name.job_id, job.endpoint->settings());
  if (!request.ok()) co_return reporter_.Fail(context, request.fault());
  LaneEndpoint::Purpose purpose{http::CallKind::kGetOperation, context.request_id, context.caller};
  http::HttpOutcome outcome = co_await job.endpoint->Exchange(request.value(), purpose);
  if (!outcome.ok()) co_return reporter_.Fail(context, outcome.fault());
  if (!errorbody::IsSuccessWithoutBody(outcome.value())) {
    co_return reporter_.Fail(context, request.value(), outcome.value());
  }
  co_return rpc::Outcome();
}

lane::Task<Sight> Jobs::Look(const CallContext& context, const JobPlace& job, Operation& operation,
                             lane::Clock::time_point latest) {
  auto request = dialect::classic::EncodeJobCall(dialect::classic::JobCall::kState, job.name.job_id,
                                                 job.endpoint->settings());
  if (!request.ok()) co_return Sight(reporter_.Fail(context, request.fault()));
  LaneEndpoint::Purpose purpose{http::CallKind::kGetOperation, context.request_id, context.caller,
                                latest};
  http::HttpOutcome outcome = co_await job.endpoint->Exchange(request.value(), purpose);
  if (!outcome.ok()) co_return Sight(reporter_.Fail(context, outcome.fault()));
  const http::HttpResponse& answer = outcome.value();
  if (!errorbody::IsSuccess(answer, job.endpoint->settings().kind, purpose.call)) {
    co_return Sight(reporter_.Fail(context, request.value(), answer), answer.status);
  }
  errorbody::JobReport report = errorbody::ReadJobReport(answer.body);
  job.endpoint->shared().secrets().HideIn(request.value(), report.details);
  if (report.state == JobState::kUnknown) {
    Fault fault(FaultKind::kResponseInvalid,
                "The service names no state of the job that is known.");
    co_return Sight(reporter_.FailInvalidSuccess(context, fault, request.value(), answer),
                    answer.status);
  }
  operation = Pending(job.name, StateName(report.state));
  Fill(context, report, answer.status, operation);
  Spread(Listed(operation));
  co_return Sight(rpc::Outcome(), answer.status);
}

void Jobs::Fill(const CallContext& context, const errorbody::JobReport& report, int http_status,
                Operation& operation) {
  BatchJob metadata;
  operation.metadata().UnpackTo(&metadata);
  metadata.set_details(ToldDetails(report.details));
  operation.mutable_metadata()->PackFrom(metadata);
  switch (report.state) {
    case JobState::kFinished:
      operation.mutable_response()->PackFrom(ResultOf(report));
      break;
    case JobState::kFailed: {
      CallContext ran = context;
      ran.work_done = true;
      *operation.mutable_error() =
          reporter_.Describe(ran, errorbody::ReadFailedJob(report, http_status));
      break;
    }
    case JobState::kCancelled: {
      Fault fault(FaultKind::kCancelled, "The job was cancelled.");
      *operation.mutable_error() = reporter_.Describe(context, fault);
      break;
    }
    case JobState::kUnknown:
    case JobState::kNotStarted:
    case JobState::kRunning:
      return;
  }
  operation.set_done(true);
}

void Jobs::Remember(const Operation& operation) {
  list_.Add({std::chrono::steady_clock::now(), Listed(operation)});
}

// The lane that created the job may be another than the one that was asked about it.
void Jobs::Spread(const OperationPtr& operation) {
  for (const JobPeer& peer : peers_) {
    if (peer.jobs == &list_) {
      list_.Update(operation);
    } else {
      peer.lane->Post([jobs = peer.jobs, operation] { jobs->Update(operation); });
    }
  }
}

Operation Jobs::Pending(const JobName& name, BatchJob::State state) {
  BatchJob metadata;
  metadata.set_endpoint(name.endpoint);
  metadata.set_job_id(name.job_id);
  metadata.set_state(state);
  Operation operation;
  operation.set_name(OperationName(name));
  operation.mutable_metadata()->PackFrom(metadata);
  return operation;
}

}  // namespace scoregate::service
