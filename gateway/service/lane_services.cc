#include "gateway/service/lane_services.h"

#include <utility>

namespace scoregate::service {

LaneServices::LaneServices(lane::Lane& lane, const Options& options)
    : lane_(lane),
      reporter_(options.errors),
      endpoints_(lane, options.endpoints, options.parts),
      scoring_(endpoints_, reporter_, options.max_response_bytes),
      errors_(reporter_),
      jobs_(endpoints_, reporter_),
      batch_(jobs_),
      operations_(jobs_),
      health_(lane, endpoints_, reporter_, *options.health),
      reflection_(reporter_),
      offers_reflection_(options.reflection) {}

void LaneServices::SetPeers(const std::vector<LaneServices*>& all) {
  std::vector<FailurePeer> failures;
  std::vector<JobPeer> jobs;
  for (LaneServices* services : all) {
    failures.push_back({&services->lane_, &services->reporter_.failures()});
    jobs.push_back({&services->lane_, &services->jobs_.list()});
  }
  errors_.SetPeers(std::move(failures));
  jobs_.SetPeers(std::move(jobs));
}

rpc::Router LaneServices::MakeRouter() {
  rpc::Router router;
  scoring_.AddTo(router);
  errors_.AddTo(router);
  batch_.AddTo(router);
  operations_.AddTo(router);
  health_.AddTo(router);
  if (offers_reflection_) reflection_.AddTo(router);
  health_.SetServices(router.Services());
  reflection_.SetServices(router.Services());
  return router;
}

}  // namespace scoregate::service
