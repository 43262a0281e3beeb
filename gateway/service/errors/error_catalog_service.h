// scoring.v1.ErrorCatalogService: explains errors without calling any endpoint.
#pragma once

#include <utility>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/router.h"
#include "gateway/service/errors/failure_reporter.h"
#include "scoring/v1/errors.pb.h"

namespace scoregate::service {

/// A lane and the failures that it keeps; `failures` is looked at on that lane only.
struct FailurePeer {
  lane::Lane* lane = nullptr;
  const telemetry::FailureLog* failures = nullptr;
};

/// One lane's ErrorCatalogService. Lives and is used on its lane.
class ErrorCatalogService {
 public:
  explicit ErrorCatalogService(FailureReporter& reporter);

  /// Every lane of the process, this one too. Before the lanes start.
  void SetPeers(std::vector<FailurePeer> peers) { peers_ = std::move(peers); }

  lane::Task<rpc::Outcome> ListReasons(rpc::Call call,
                                       const scoring::v1::ListReasonsRequest& request,
                                       scoring::v1::ListReasonsResponse& response);
  lane::Task<rpc::Outcome> Translate(rpc::Call call, const scoring::v1::TranslateRequest& request,
                                     scoring::v1::TranslateResponse& response);
  lane::Task<rpc::Outcome> GetErrorReport(rpc::Call call,
                                          const scoring::v1::GetErrorReportRequest& request,
                                          scoring::v1::ErrorReport& response);

  /// Adds the methods; the router must not outlive the service.
  void AddTo(rpc::Router& router);

 private:
  FailureReporter& reporter_;
  std::vector<FailurePeer> peers_;
};

}  // namespace scoregate::service
