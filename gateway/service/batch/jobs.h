// One lane's way to batch jobs: finds them by their operation's name, asks their service about
// them, and remembers those that were created here.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/dialect/classic/jobs.h"
#include "gateway/errorbody/job/job_state.h"
#include "gateway/lane/lane.h"
#include "gateway/lane/task.h"
#include "gateway/rpc/outcome.h"
#include "gateway/service/batch/job_list.h"
#include "gateway/service/batch/operation_name.h"
#include "gateway/service/endpoints.h"
#include "gateway/service/errors/failure_reporter.h"

namespace scoregate::service {

/// A lane and the jobs that it remembers; `jobs` is looked at on that lane only.
struct JobPeer {
  lane::Lane* lane = nullptr;
  JobList* jobs = nullptr;
};

/// A job that a request names.
struct JobPlace {
  LaneEndpoint* endpoint = nullptr;
  JobName name;
};

/// What a look at a job came to.
class Sight {
 public:
  /// `http_status` is the service's; 0 where it gave none.
  explicit Sight(rpc::Outcome outcome, int http_status = 0)
      : outcome_(std::move(outcome)), http_status_(http_status) {}

  bool ok() const { return outcome_.ok(); }
  /// Whether the service knows no such job.
  bool absent() const { return !ok() && http_status_ == 404; }
  rpc::Outcome&& TakeOutcome() { return std::move(outcome_); }

 private:
  rpc::Outcome outcome_;
  int http_status_;
};

/// Lives and is used on its lane. Of every task, the arguments must outlive it.
class Jobs {
 public:
  Jobs(LaneEndpoints& endpoints, FailureReporter& reporter);

  /// Every lane of the process, this one too. Before the lanes start.
  void SetPeers(std::vector<JobPeer> peers) { peers_ = std::move(peers); }
  const std::vector<JobPeer>& peers() const { return peers_; }
  JobList& list() { return list_; }
  LaneEndpoints& endpoints() { return endpoints_; }
  FailureReporter& reporter() { return reporter_; }

  /// Fault kOperationNotFound for a name that is none, kEndpointNotFound for an unknown endpoint.
  http::Result<JobPlace> Find(const std::string& operation_name);

  /// Starts or cancels a job: an Outcome that is ok(), or the failure.
  lane::Task<rpc::Outcome> Tell(const CallContext& context, const JobPlace& job,
                                dialect::classic::JobCall call);

  /// Asks for the job's state, until `latest` at most, and fills `operation`; where that fails it
  /// stays as it was.
  lane::Task<Sight> Look(const CallContext& context, const JobPlace& job,
                         google::longrunning::Operation& operation,
                         lane::Clock::time_point latest = lane::Clock::time_point::max());

  /// Remembers a job that was created on this lane.
  void Remember(const google::longrunning::Operation& operation);

  /// An operation that is not done, with what is known of the job.
  static google::longrunning::Operation Pending(const JobName& name,
                                                scoring::v1::BatchJob::State state);

 private:
  void Fill(const CallContext& context, const errorbody::JobReport& report, int http_status,
            google::longrunning::Operation& operation);
  void Spread(const OperationPtr& operation);

  LaneEndpoints& endpoints_;
  FailureReporter& reporter_;
  std::vector<JobPeer> peers_;
  JobList list_;
};

}  // namespace scoregate::service
