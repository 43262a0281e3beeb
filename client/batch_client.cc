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
constexpr std::chrono::milliseconds kMostBetweenWaits{5'000};

using Clock = std::chrono::steady_clock;

bool Connects(grpc::Channel& channel, std::chrono::milliseconds longest) {
  const auto until = std::chrono::system_clock::now() + longest;
  grpc_connectivity_state state = channel.GetState(true);
  while (state != GRPC_CHANNEL_READY) {
    const bool failed = state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN;
    if (failed || !channel.WaitForStateChange(state, until)) return false;
    state = channel.GetState(true);
  }
  return true;
}

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
  return RepeatableCall(*operations_, &Operations::Stub::GetOperation, request,
                        Caller{options_, *channel_});
}

Outcome<Operation> BatchClient::Wait(const std::string& name, std::chrono::milliseconds longest) {
  const Clock::time_point end = Clock::now() + longest;
  // Where nobody is there at all, the address is wrong: nothing to wait for.
  const bool reached = Connects(*channel_, options_.timeout);
  google::longrunning::WaitOperationRequest request;
  request.set_name(name);
  std::optional<Outcome<Operation>> last;
  for (int failures = 0;;) {
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
    const bool again = !seen.ok() && seen.error().code == grpc::StatusCode::UNAVAILABLE && reached;
    if ((!seen.ok() && !again) || (seen.ok() && seen.value().done()) || Clock::now() >= end) {
      return seen;
    }
    if (again) {
      PauseAfter(seen.error(), ++failures, end);
      continue;
    }
    failures = 0;
    last = std::move(seen);
    // A gateway answers shortly before the call's own time limit; where that is short, at once.
    std::this_thread::sleep_until(std::min(asked + kLeastBetweenWaits, end));
  }
}

// The job goes on without the gateway: there is time, and no reason to press.
void BatchClient::PauseAfter(const ScoreError& error, int failures,
                             std::chrono::steady_clock::time_point end) const {
  using std::chrono::milliseconds;
  const milliseconds left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
  milliseconds delay = DelayBeforeRetry(error, failures).value_or(kLeastBetweenWaits);
  delay = std::min(std::clamp(delay, kLeastBetweenWaits, kMostBetweenWaits), left);
  if (options_.on_retry) options_.on_retry(Retry{error, delay, failures + 1, std::nullopt});
  PauseBeforeRetry(*channel_, error, std::chrono::system_clock::now() + delay);
}

Outcome<google::longrunning::ListOperationsResponse> BatchClient::List(
    const std::string& page_token) {
  google::longrunning::ListOperationsRequest request;
  request.set_page_token(page_token);
  return RepeatableCall(*operations_, &Operations::Stub::ListOperations, request,
                        Caller{options_, *channel_});
}

Outcome<google::protobuf::Empty> BatchClient::Cancel(const std::string& name) {
  google::longrunning::CancelOperationRequest request;
  request.set_name(name);
  return RepeatableCall(*operations_, &Operations::Stub::CancelOperation, request,
                        Caller{options_, *channel_});
}

Outcome<google::protobuf::Empty> BatchClient::Delete(const std::string& name) {
  google::longrunning::DeleteOperationRequest request;
  request.set_name(name);
  return RepeatableCall(*operations_, &Operations::Stub::DeleteOperation, request,
                        Caller{options_, *channel_});
}

std::optional<ScoreError> ErrorOf(const Operation& operation) {
  if (!operation.has_error()) return std::nullopt;
  return ReadError(operation.error());
}

}  // namespace scoregate::client
