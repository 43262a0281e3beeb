// Everything that serves on one lane: endpoints, failures, services, put together.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/rpc/router.h"
#include "gateway/service/batch/batch_service.h"
#include "gateway/service/batch/jobs.h"
#include "gateway/service/batch/operations_service.h"
#include "gateway/service/endpoints.h"
#include "gateway/service/errors/error_catalog_service.h"
#include "gateway/service/errors/failure_reporter.h"
#include "gateway/service/health/health_board.h"
#include "gateway/service/health/health_service.h"
#include "gateway/service/reflection/reflection_service.h"
#include "gateway/service/scoring/scoring_service.h"

namespace scoregate::service {

/// The services of one lane. Built before the lane starts, used on it, destroyed after it stopped.
class LaneServices {
 public:
  struct Options {
    ErrorOptions errors;
    std::size_t max_response_bytes = 0;
    std::vector<std::shared_ptr<SharedEndpoint>> endpoints;
    EndpointParts parts;
    /// Where changes of health are announced to all lanes; the endpoints have the same one.
    std::shared_ptr<HealthBoard> health = std::make_shared<HealthBoard>();
    /// Whether grpc.reflection is served.
    bool reflection = true;
  };

  /// The options are shared by all lanes and outlive them.
  LaneServices(lane::Lane& lane, const Options& options);

  /// The services of every lane, these too: a failed call and a batch job are looked up among all
  /// of them. Called once, before any lane starts.
  void SetPeers(const std::vector<LaneServices*>& all);

  FailureReporter& reporter() { return reporter_; }
  /// Called once, before the lane starts.
  rpc::Router MakeRouter();

 private:
  lane::Lane& lane_;
  FailureReporter reporter_;
  LaneEndpoints endpoints_;
  ScoringService scoring_;
  ErrorCatalogService errors_;
  Jobs jobs_;
  BatchService batch_;
  OperationsService operations_;
  HealthService health_;
  ReflectionService reflection_;
  bool offers_reflection_;
};

}  // namespace scoregate::service
