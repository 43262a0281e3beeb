#include "gateway/service/lane_services.h"

namespace scoregate::service {

LaneServices::LaneServices(lane::Lane& lane, const Options& options)
    : reporter_(options.errors),
      endpoints_(lane, options.endpoints, options.make_client),
      scoring_(endpoints_, reporter_, options.max_response_bytes),
      errors_(reporter_) {}

rpc::Router LaneServices::MakeRouter() {
  rpc::Router router;
  scoring_.AddTo(router);
  errors_.AddTo(router);
  return router;
}

}  // namespace scoregate::service
