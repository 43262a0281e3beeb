// scoring.v1.BatchScoringService: submits batch jobs and starts them.
#pragma once

#include "gateway/rpc/call.h"
#include "gateway/rpc/router.h"
#include "gateway/service/batch/jobs.h"
#include "scoring/v1/batch.pb.h"

namespace scoregate::service {

/// One lane's BatchScoringService. Lives and is used on its lane.
class BatchService {
 public:
  explicit BatchService(Jobs& jobs) : jobs_(jobs) {}

  lane::Task<rpc::Outcome> CreateBatchJob(rpc::Call call,
                                          const scoring::v1::CreateBatchJobRequest& request,
                                          google::longrunning::Operation& response);
  lane::Task<rpc::Outcome> StartBatchJob(rpc::Call call,
                                         const scoring::v1::StartBatchJobRequest& request,
                                         google::longrunning::Operation& response);

  /// Adds the methods; the router must not outlive the service.
  void AddTo(rpc::Router& router);

 private:
  Jobs& jobs_;
};

}  // namespace scoregate::service
