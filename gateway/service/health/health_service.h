// grpc.health.v1.Health: whether the gateway, its services and its endpoints can be used.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/lane/signal.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/router.h"
#include "gateway/service/endpoints.h"
#include "gateway/service/errors/failure_reporter.h"
#include "gateway/service/health/health_board.h"
#include "grpc/health/v1/health.pb.h"

namespace scoregate::service {

/// List gives at most this many names, as the public definition of the service asks for.
inline constexpr std::size_t kMaxListedNames = 100;
/// Watchers are woken at most once in this time, however often an endpoint's health changes; the
/// first change and the drain are told at once.
inline constexpr std::chrono::milliseconds kLeastTimeBetweenNews{100};

/// One lane's Health service. Lives and is used on its lane; what it is given outlives it.
///
/// "" and the services' names are SERVING until the gateway drains; an endpoint's name also turns
/// NOT_SERVING with its endpoint. UNKNOWN of an endpoint is told as SERVING: a prober that took it
/// for bad would keep away the very calls that would tell.
class HealthService {
 public:
  /// Before the lane starts.
  HealthService(lane::Lane& lane, LaneEndpoints& endpoints, FailureReporter& reporter,
                HealthBoard& board);

  /// The full names of the services that are served, sorted.
  void SetServices(std::vector<std::string> names) { services_ = std::move(names); }

  lane::Task<rpc::Outcome> Check(rpc::Call call,
                                 const grpc::health::v1::HealthCheckRequest& request,
                                 grpc::health::v1::HealthCheckResponse& response);
  lane::Task<rpc::Outcome> List(rpc::Call call, const grpc::health::v1::HealthListRequest& request,
                                grpc::health::v1::HealthListResponse& response);
  lane::Task<rpc::Outcome> Watch(rpc::Call call,
                                 const grpc::health::v1::HealthCheckRequest& request,
                                 rpc::Writer<grpc::health::v1::HealthCheckResponse> writer);

  /// Adds the methods; the router must not outlive the service.
  void AddTo(rpc::Router& router);

 private:
  using Status = grpc::health::v1::HealthCheckResponse::ServingStatus;

  /// Nothing for a name that is not known.
  std::optional<Status> StatusOf(std::string_view name);
  std::vector<std::string_view> Names() const;
  http::Fault UnknownName(const std::string& name) const;
  void LookAgain();
  lane::Clock::time_point NextLapse(lane::Clock::time_point now) const;

  LaneEndpoints& endpoints_;
  FailureReporter& reporter_;
  HealthBoard& board_;
  std::vector<std::string> services_;
  /// All Watch calls of the lane wait on it.
  lane::Signal changed_;
  lane::Timer timer_;
  lane::Clock::time_point quiet_until_;
};

}  // namespace scoregate::service
