#include "gateway/service/health/health_service.h"

#include <algorithm>
#include <utility>

#include "gateway/nearest/nearest.h"

namespace scoregate::service {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using grpc::health::v1::HealthListRequest;
using grpc::health::v1::HealthListResponse;
using http::Fault;
using http::FaultKind;

}  // namespace

HealthService::HealthService(lane::Lane& lane, LaneEndpoints& endpoints, FailureReporter& reporter,
                             HealthBoard& board)
    : endpoints_(endpoints),
      reporter_(reporter),
      board_(board),
      changed_(lane.executor()),
      timer_(lane.executor()) {
  board.AddLane(lane, [this] { LookAgain(); });
}

std::optional<HealthService::Status> HealthService::StatusOf(std::string_view name) {
  const LaneEndpoint* endpoint = nullptr;
  if (!name.empty() && !std::ranges::binary_search(services_, name)) {
    endpoint = endpoints_.Find(name);
    if (endpoint == nullptr) return std::nullopt;
  }
  bool broken = endpoint != nullptr && endpoint->shared().health().At(lane::Clock::now()) ==
                                           scoring::v1::Endpoint::NOT_SERVING;
  if (broken || board_.draining()) return HealthCheckResponse::NOT_SERVING;
  return HealthCheckResponse::SERVING;
}

std::vector<std::string_view> HealthService::Names() const {
  std::vector<std::string_view> names(services_.begin(), services_.end());
  for (const LaneEndpoint& endpoint : endpoints_.all()) names.push_back(endpoint.settings().name);
  return names;
}

Fault HealthService::UnknownName(const std::string& name) const {
  auto near = nearest::NearestNames(name, Names(), 1);
  std::string text = "no endpoint and no service has that name; ";
  text += near.empty() ? "List tells which there are"
                       : "did you mean '" + std::string(near.front()) + "'?";
  Fault fault(FaultKind::kEndpointNotFound, "service", std::move(text));
  fault.resource = name;
  return fault;
}

lane::Task<rpc::Outcome> HealthService::Check(rpc::Call call, const HealthCheckRequest& request,
                                              HealthCheckResponse& response) {
  std::optional<Status> status = StatusOf(request.service());
  if (!status) {
    CallContext context = reporter_.Begin(call.view(), http::CallKind::kScore);
    co_return reporter_.Fail(context, UnknownName(request.service()));
  }
  response.set_status(*status);
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> HealthService::List(rpc::Call call, const HealthListRequest&,
                                             HealthListResponse& response) {
  std::vector<std::string_view> names = Names();
  names.push_back("");
  if (names.size() > kMaxListedNames) {
    CallContext context = reporter_.Begin(call.view(), http::CallKind::kScore);
    Fault fault(FaultKind::kListTooLong,
                "there are " + std::to_string(names.size()) + " names, List gives at most " +
                    std::to_string(kMaxListedNames) +
                    "; Check takes one name, and ListEndpoints of scoring.v1.ScoringService gives "
                    "the health of all endpoints");
    co_return reporter_.Fail(context, fault);
  }
  for (std::string_view name : names) {
    std::optional<Status> status = StatusOf(name);
    if (status) (*response.mutable_statuses())[std::string(name)].set_status(*status);
  }
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> HealthService::Watch(rpc::Call call, const HealthCheckRequest& request,
                                              rpc::Writer<HealthCheckResponse> writer) {
  std::optional<Status> told;
  while (true) {
    bool ends = board_.draining();
    Status status = StatusOf(request.service()).value_or(HealthCheckResponse::SERVICE_UNKNOWN);
    if (told != status) {
      told = status;
      HealthCheckResponse response;
      response.set_status(status);
      bool sent = co_await writer.Write(response);
      if (!sent) co_return rpc::Outcome();
    } else if (ends) {
      break;
    } else {
      bool woken = co_await changed_.Wait();
      if (!woken) co_return rpc::Outcome();
    }
  }
  CallContext context = reporter_.Begin(call.view(), http::CallKind::kScore);
  Fault fault(FaultKind::kShuttingDown, "the gateway is draining; watch another replica");
  co_return reporter_.Fail(context, fault);
}

void HealthService::LookAgain() {
  lane::Clock::time_point now = lane::Clock::now();
  lane::Clock::time_point next = quiet_until_;
  if (now >= quiet_until_ || board_.draining()) {
    quiet_until_ = now + kLeastTimeBetweenNews;
    changed_.Notify();
    next = NextLapse(now);
  }
  if (next == lane::Clock::time_point::max()) return;
  timer_.expires_at(next);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) LookAgain();
  });
}

lane::Clock::time_point HealthService::NextLapse(lane::Clock::time_point now) const {
  auto next = lane::Clock::time_point::max();
  for (const LaneEndpoint& endpoint : endpoints_.all()) {
    const EndpointHealth& health = endpoint.shared().health();
    if (health.At(now) != scoring::v1::Endpoint::NOT_SERVING) continue;
    next = std::min(next, health.LapsesAt());
  }
  return next;
}

void HealthService::AddTo(rpc::Router& router) {
  const std::string service = "/grpc.health.v1.Health/";
  router.Unary<HealthCheckRequest, HealthCheckResponse>(
      {service + "Check", "service"},
      [this](rpc::Call call, const HealthCheckRequest& request, HealthCheckResponse& response) {
        return Check(std::move(call), request, response);
      });
  router.Unary<HealthListRequest, HealthListResponse>(
      {service + "List"},
      [this](rpc::Call call, const HealthListRequest& request, HealthListResponse& response) {
        return List(std::move(call), request, response);
      });
  router.ServerStreaming<HealthCheckRequest, HealthCheckResponse>(
      {service + "Watch", "service"}, [this](rpc::Call call, const HealthCheckRequest& request,
                                             rpc::Writer<HealthCheckResponse> writer) {
        return Watch(std::move(call), request, std::move(writer));
      });
}

}  // namespace scoregate::service
