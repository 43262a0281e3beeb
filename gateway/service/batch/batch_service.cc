#include "gateway/service/batch/batch_service.h"

#include <utility>

#include "gateway/errorbody/read.h"
#include "gateway/service/find_endpoint.h"

namespace scoregate::service {

using dialect::classic::JobCall;
using google::longrunning::Operation;
using http::CallKind;
using scoring::v1::BatchJob;

lane::Task<rpc::Outcome> BatchService::CreateBatchJob(
    rpc::Call call, const scoring::v1::CreateBatchJobRequest& request, Operation& response) {
  FailureReporter& reporter = jobs_.reporter();
  CallContext context = reporter.Begin(call.view(), CallKind::kCreateBatchJob);
  auto found = FindEndpoint(jobs_.endpoints(), request.endpoint(), "endpoint");
  if (!found.ok()) co_return reporter.Fail(context, found.fault());
  LaneEndpoint& endpoint = *found.value();
  context.endpoint = &endpoint.shared();

  auto encoded = dialect::classic::EncodeSubmit(request, endpoint.settings());
  if (!encoded.ok()) co_return reporter.Fail(context, encoded.fault());
  LaneEndpoint::Purpose purpose{context.call, context.request_id, context.caller};
  http::HttpOutcome outcome = co_await endpoint.Exchange(encoded.value(), purpose);
  if (!outcome.ok()) co_return reporter.Fail(context, outcome.fault());
  const http::HttpResponse& answer = outcome.value();
  if (!errorbody::IsSuccess(answer, endpoint.settings().kind, context.call)) {
    co_return reporter.Fail(context, encoded.value(), answer);
  }
  auto job_id = dialect::classic::DecodeJobId(answer);
  if (!job_id.ok())
    co_return reporter.FailInvalidSuccess(context, job_id.fault(), encoded.value(), answer);

  JobPlace job{&endpoint, {endpoint.settings().name, std::move(job_id).value()}};
  response = Jobs::Pending(job.name, BatchJob::NOT_STARTED);
  jobs_.Remember(response);
  // From here on the job exists: whatever fails names it, so that it can be started again.
  context.operation = response.name();
  context.work_done = true;
  co_return co_await jobs_.Tell(context, job, JobCall::kStart);
}

lane::Task<rpc::Outcome> BatchService::StartBatchJob(
    rpc::Call call, const scoring::v1::StartBatchJobRequest& request, Operation& response) {
  FailureReporter& reporter = jobs_.reporter();
  CallContext context = reporter.Begin(call.view(), CallKind::kGetOperation);
  auto job = jobs_.Find(request.name());
  if (!job.ok()) co_return reporter.Fail(context, job.fault());
  context.endpoint = &job.value().endpoint->shared();
  context.operation = request.name();
  rpc::Outcome started = co_await jobs_.Tell(context, job.value(), JobCall::kStart);
  if (started.ok()) response = Jobs::Pending(job.value().name, BatchJob::NOT_STARTED);
  co_return started;
}

void BatchService::AddTo(rpc::Router& router) {
  router.Unary<scoring::v1::CreateBatchJobRequest, Operation>(
      {"/scoring.v1.BatchScoringService/CreateBatchJob", "inputs"},
      [this](rpc::Call call, const scoring::v1::CreateBatchJobRequest& request,
             Operation& response) { return CreateBatchJob(std::move(call), request, response); });
  router.Unary<scoring::v1::StartBatchJobRequest, Operation>(
      {"/scoring.v1.BatchScoringService/StartBatchJob", "name"},
      [this](rpc::Call call, const scoring::v1::StartBatchJobRequest& request,
             Operation& response) { return StartBatchJob(std::move(call), request, response); });
}

}  // namespace scoregate::service
