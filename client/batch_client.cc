#include "client/batch_client.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "client/unary_call.h"

namespace scoregate::client {

namespace {

// From one WaitOperation to the next, at least.
constexpr std::chrono::milliseconds kLeastBetweenWaits{500};

}  // namespace

using google::longrunning::Operation;
using google::longrunning::Operations;
using scoring::v1::BatchScoringService;

BatchClient::BatchClient(const ClientOptions& options)
    : BatchClient(MakeChannel(options), options) {}

BatchClient::BatchClient(std::shared_ptr<grpc::Channel> channel, ClientOptions options)
    : options_(std::move(options)),
      channel_(std::move(channel)),
      batch_(BatchScoringService::NewStub(channel_)),
      operations_(Operations::NewStub(channel_)) {}

Outcome<Operation> BatchClient::Create(const scoring::v1::CreateBatchJobRequest& request) {
  return UnaryCall(*batch_, &BatchScoringService::Stub::CreateBatchJob, request, options_);
}

Outcome<Operation> BatchClient::Start(const std::string& name) {
  scoring::v1::StartBatchJobRequest request;
  request.set_name(name);
  return UnaryCall(*batch_, &BatchScoringService::Stub::StartBatchJob, request, options_);
}

Outcome<Operation> BatchClient::Get(const std::string& name) {
  google::longrunning::GetOperationRequest request;
  request.set_name(name);
  return UnaryCall(*operations_, &Operations::Stub::GetOperation, request, options_);
}

Outcome<Operation> BatchClient::Wait(const std::string& name, std::chrono::milliseconds longest) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = Clock::now() + longest;
  google::longrunning::WaitOperationRequest request;
  request.set_name(name);
  std::optional<Outcome<Operation>> last;
  while (true) {
    const Clock::time_point asked = Clock::now();
    // One call waits no longer than its own time limit allows.
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    left = std::clamp(left, std::chrono::milliseconds(0), options_.timeout);
    request.mutable_timeout()->set_seconds(left.count() / 1000);
    request.mutable_timeout()->set_nanos(static_cast<int>(left.count() % 1000) * 1'000'000);
    auto seen = UnaryCall(*operations_, &Operations::Stub::WaitOperation, request, options_);
    const bool late = !seen.ok() && seen.error().code == grpc::StatusCode::DEADLINE_EXCEEDED;
    // What was seen before tells more than that the last look came too late.
    if (late && last && Clock::now() >= end) return *std::move(last);
    if (!seen.ok() || seen.value().done() || Clock::now() >= end) return seen;
    last = std::move(seen);
    // A gateway answers shortly before the call's own time limit; where that is short, at once.
    std::this_thread::sleep_until(std::min(asked + kLeastBetweenWaits, end));
  }
}

Outcome<google::longrunning::ListOperationsResponse> BatchClient::List(
    const std::string& page_token) {
  google::longrunning::ListOperationsRequest request;
  request.set_page_token(page_token);
  return UnaryCall(*operations_, &Operations::Stub::ListOperations, request, options_);
}

Outcome<google::protobuf::Empty> BatchClient::Cancel(const std::string& name) {
  google::longrunning::CancelOperationRequest request;
  request.set_name(name);
  return UnaryCall(*operations_, &Operations::Stub::CancelOperation, request, options_);
}

Outcome<google::protobuf::Empty> BatchClient::Delete(const std::string& name) {
  google::longrunning::DeleteOperationRequest request;
  request.set_name(name);
  return UnaryCall(*operations_, &Operations::Stub::DeleteOperation, request, options_);
}

std::optional<ScoreError> ErrorOf(const Operation& operation) {
  if (!operation.has_error()) return std::nullopt;
  return ReadError(operation.error());
}

}  // namespace scoregate::client
