// Batch jobs for C++ programs: submit one, wait for it, read where its outputs lie.
//
//   scoregate::client::BatchClient client({.address = "127.0.0.1:50051"});
//   auto submitted = client.Create(request);
//   if (!submitted.ok()) ...                  // metadata "operation": only the start failed
//   auto done = client.Wait(submitted.value().name(), std::chrono::minutes(10));
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "client/scoring_client.h"
#include "google/longrunning/operations.grpc.pb.h"
#include "scoring/v1/batch.grpc.pb.h"

namespace scoregate::client {

/// Thread-safe; every method blocks. Operations go by their names and may be asked for at any
/// gateway that knows the endpoint.
class BatchClient {
 public:
  using Operation = google::longrunning::Operation;

  explicit BatchClient(const ClientOptions& options);
  /// On a channel of the caller's own making; the options' address and attempts are not used.
  BatchClient(std::shared_ptr<grpc::Channel> channel, ClientOptions options);

  /// Submits a job and starts it. Where only the start failed, the error's metadata has the
  /// operation's name in `operation`: call Start with it.
  Outcome<Operation> Create(const scoring::v1::CreateBatchJobRequest& request);
  Outcome<Operation> Start(const std::string& name);
  Outcome<Operation> Get(const std::string& name);
  /// Waits until the job is done or `longest` is over, with as many calls as that takes; gives the
  /// job as it was last seen. A gateway that answered and then goes away is waited for as long
  /// (on_retry is told), since the job goes on without it; UNAVAILABLE is given only where it has
  /// not come back by then, or was not there to begin with.
  Outcome<Operation> Wait(const std::string& name, std::chrono::milliseconds longest);
  Outcome<google::longrunning::ListOperationsResponse> List(const std::string& page_token);
  Outcome<google::protobuf::Empty> Cancel(const std::string& name);
  /// Takes the job off the gateway's list; the job itself goes on.
  Outcome<google::protobuf::Empty> Delete(const std::string& name);

 private:
  void PauseAfter(const ScoreError& error, int failures,
                  std::chrono::steady_clock::time_point end) const;

  ClientOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<scoring::v1::BatchScoringService::Stub> batch_;
  std::unique_ptr<google::longrunning::Operations::Stub> operations_;
};

/// Why a job failed or was cancelled; nothing where its operation has no error.
std::optional<ScoreError> ErrorOf(const google::longrunning::Operation& operation);

}  // namespace scoregate::client
