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

/// A service knows a job everywhere only a while after it took it. Where it answers 404 so soon
/// after WaitOperation first looked, the job is not there yet.
inline constexpr std::chrono::milliseconds kFreshJobPatience{5'000};
/// What the first look of WaitOperation has at least, however short the wait: one that is over
/// before anything was seen would tell nothing.
inline constexpr std::chrono::milliseconds kFirstLookPatience{1'000};
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
  /// deadline, with the job as it was last seen; where nothing was seen, with what the last look
  /// came to. What fails on the way and advises a retry is tried again while there is time, and so
  /// is a job that is not there yet (kFreshJobPatience).
  lane::Task<rpc::Outcome> WaitOperation(rpc::Call call,
                                         const google::longrunning::WaitOperationRequest& request,
                                         google::longrunning::Operation& response);

  /// Adds the methods; the router must not outlive the service.
  void AddTo(rpc::Router& router);

 private:
  Jobs& jobs_;
  std::minstd_rand random_;
};

}  // namespace scoregate::service
