// Everything that serves on one lane: endpoints, failures, services, put together.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/rpc/router.h"
#include "gateway/service/endpoints.h"
#include "gateway/service/errors/error_catalog_service.h"
#include "gateway/service/errors/failure_reporter.h"
#include "gateway/service/scoring/scoring_service.h"

namespace scoregate::service {

/// The services of one lane. Built before the lane starts, used on it, destroyed after it stopped.
class LaneServices {
 public:
  struct Options {
    ErrorOptions errors;
    std::size_t max_response_bytes = 0;
    std::vector<std::shared_ptr<SharedEndpoint>> endpoints;
    ClientFactory make_client;
  };

  /// The options are shared by all lanes and outlive them.
  LaneServices(lane::Lane& lane, const Options& options);

  /// The lanes among which a failed call is looked up; called once, before any lane starts.
  void SetPeers(std::vector<FailurePeer> peers) { errors_.SetPeers(std::move(peers)); }

  FailureReporter& reporter() { return reporter_; }
  rpc::Router MakeRouter();

 private:
  FailureReporter reporter_;
  LaneEndpoints endpoints_;
  ScoringService scoring_;
  ErrorCatalogService errors_;
};

}  // namespace scoregate::service
