// google.longrunning.Operations for batch jobs: each answers from the operation's name alone.
#pragma once

#include <chrono>
#include <random>

#include "gateway/rpc/call.h"
#include "gateway/rpc/router.h"
#include "gateway/service/batch/jobs.h"
#include "google/longrunning/operations.pb.h"
#include "google/protobuf/empty.pb.h"

namespace scoregate::service {

/// How WaitOperation asks: the pause after the first look, the factor from pause to pause, and the
/// longest. Each pause is spread by a fifth either way, so that waiters do not ask in step.
inline constexpr std::chrono::milliseconds kFirstPollPause{500};
inline constexpr double kPollPauseGrowth = 1.5;
inline constexpr std::chrono::milliseconds kLongestPollPause{10'000};
/// What WaitOperation keeps back of the caller's deadline to get its answer there in time.
inline constexpr std::chrono::milliseconds kReplyMargin{200};

/// One lane's Operations. Lives and is used on its lane.
class OperationsService {
 public:
  explicit OperationsService(Jobs& jobs);

  /// The jobs that this process created, oldest first, as they were last seen.
  lane::Task<rpc::Outcome> ListOperations(rpc::Call call,
                                          const google::longrunning::ListOperationsRequest& request,
                                          google::longrunning::ListOperationsResponse& response);
  lane::Task<rpc::Outcome> GetOperation(rpc::Call call,
                                        const google::longrunning::GetOperationRequest& request,
                                        google::longrunning::Operation& response);
  /// Takes the job off the list; the job itself goes on.
  lane::Task<rpc::Outcome> DeleteOperation(
      rpc::Call call, const google::longrunning::DeleteOperationRequest& request,
      google::protobuf::Empty& response);
  lane::Task<rpc::Outcome> CancelOperation(
      rpc::Call call, const google::longrunning::CancelOperationRequest& request,
      google::protobuf::Empty& response);
  /// Answers when the job is done, when request.timeout is over, or shortly before the caller's
  /// deadline, with the job as it was last seen. What fails on the way and advises a retry is tried
  /// again while there is time.
  lane::Task<rpc::Outcome> WaitOperation(rpc::Call call,
                                         const google::longrunning::WaitOperationRequest& request,
                                         google::longrunning::Operation& response);

  /// Adds the methods; the router must not outlive the service.
  void AddTo(rpc::Router& router);

 private:
  std::chrono::milliseconds Spread(std::chrono::milliseconds pause);

  Jobs& jobs_;
  std::minstd_rand random_;
};

}  // namespace scoregate::service
