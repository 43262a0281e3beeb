#include "gateway/service/endpoints.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/dialect/deployment.h"
#include "gateway/grpcwire/metadata.h"
#include "gateway/service/trace_context.h"

namespace scoregate::service {
namespace {

// Tracing context passes through whatever the configuration says.
constexpr std::string_view kTraceParent = "traceparent";
constexpr std::string_view kAlwaysForwarded[] = {kTraceParent, "tracestate"};

// Gives the place back when the call ends, however it ends.
class Place {
 public:
  explicit Place(SharedEndpoint& endpoint) : endpoint_(endpoint), taken_(endpoint.Enter()) {}
  ~Place() {
    if (taken_) endpoint_.Leave();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  bool taken() const { return taken_; }

 private:
  SharedEndpoint& endpoint_;
  bool taken_;
};

void Forward(std::string_view name, const rpc::CallView& caller, http::HttpRequest& request) {
  const auto may_leave = [name](std::string_view value) {
    return !grpcwire::IsReservedKey(name) && !grpcwire::IsBinaryKey(name) &&
           grpcwire::IsValidValue(value);
  };
  for (const rpc::RequestField& field : caller.metadata()) {
    if (field.name == name && may_leave(field.value)) request.headers.Add(name, field.value);
  }
}

// Azure takes at most 40 characters of [A-Za-z0-9_-] as the caller's own id of a request.
std::string ClientRequestId(std::string_view request_id) {
  constexpr std::size_t kMaxClientRequestIdBytes = 40;
  std::string id(request_id.substr(0, kMaxClientRequestIdBytes));
  // What else an id of a call may hold, and mostly does not.
  for (std::size_t at = id.find('.'); at != id.npos; at = id.find('.', at)) id[at] = '-';
  return id;
}

// What is made for somebody ends when that one no longer waits, if that is sooner.
void Shorten(const LaneEndpoint::Purpose& purpose, upstream::ExchangeOptions& options) {
  const rpc::CallView& caller = purpose.caller;
  if (purpose.latest < options.deadline) {
    options.deadline = purpose.latest;
    const auto wait = purpose.latest - caller.started();
    options.limit = {http::TimeLimit::Whose::kWait,
                     std::chrono::round<std::chrono::milliseconds>(wait)};
  }
  if (caller.deadline() && *caller.deadline() < options.deadline) {
    options.deadline = *caller.deadline();
    options.limit = http::CallersLimit(*caller.deadline() - caller.started());
  }
}

}  // namespace

SharedEndpoint::SharedEndpoint(SettingsPtr settings, std::shared_ptr<HealthBoard> board)
    : settings_(std::move(settings)),
      dialect_(*dialect::DialectOf(settings_->kind)),
      secrets_(*settings_),
      health_(std::move(board)) {}

bool SharedEndpoint::Enter() {
  if (in_flight_.fetch_add(1, std::memory_order_relaxed) < settings_->limits.max_in_flight) {
    return true;
  }
  Leave();
  return false;
}

LaneEndpoint::LaneEndpoint(std::shared_ptr<SharedEndpoint> shared,
                           std::unique_ptr<upstream::UpstreamClient> client,
                           std::shared_ptr<credential::LaneToken> token,
                           const lane::Executor& executor)
    : shared_(std::move(shared)),
      client_(std::make_unique<AuthorizedClient>(shared_->settings(), shared_->key_order(),
                                                 std::move(client), std::move(token))),
      schema_(std::make_unique<LaneSchema>(shared_->schema(), *client_, shared_->settings(),
                                           executor)) {}

lane::Task<http::HttpOutcome> LaneEndpoint::Exchange(http::HttpRequest& request,
                                                     const Purpose& purpose) {
  Place place(*shared_);
  if (!place.taken()) {
    http::Fault fault(http::FaultKind::kInFlightLimit,
                      "endpoint '" + settings().name + "' has " +
                          std::to_string(settings().limits.max_in_flight) +
                          " calls in flight, as many as its limit allows");
    fault.resource = std::to_string(settings().limits.max_in_flight);
    co_return fault;
  }
  for (std::string_view name : kAlwaysForwarded) Forward(name, purpose.caller, request);
  for (const std::string& name : settings().forward_metadata) {
    const bool forwarded = std::ranges::find(kAlwaysForwarded, name) != std::end(kAlwaysForwarded);
    if (!forwarded) Forward(name, purpose.caller, request);
  }
  if (!purpose.caller.Find(kTraceParent)) {
    auto parent = TraceParentOf(purpose.caller.Find(kTraceBin).value_or(""));
    if (parent) request.headers.Set(kTraceParent, *std::move(parent));
  }
  std::vector<std::string_view> deployments;
  for (const rpc::RequestField& field : purpose.caller.metadata()) {
    if (field.name == dialect::kDeploymentHeader) deployments.push_back(field.value);
  }
  std::optional<http::Fault> refused = dialect::ChooseDeployment(deployments, settings(), request);
  if (refused) co_return *std::move(refused);
  request.headers.Set("x-ms-client-request-id", ClientRequestId(purpose.request_id));
  upstream::ExchangeOptions options;
  options.idempotent = settings().IsIdempotent(purpose.call);
  const lane::Clock::time_point own = lane::Clock::now() + settings().timeout;
  options.deadline = own;
  options.limit = {http::TimeLimit::Whose::kEndpoint, settings().timeout};
  Shorten(purpose, options);
  http::HttpOutcome outcome = co_await client_->Exchange(request, options);
  // A caller that waits for less than the endpoint is given tells nothing by its timeout.
  bool impatient =
      options.deadline < own && !outcome.ok() && outcome.fault().kind == http::FaultKind::kTimeout;
  if (!impatient) shared_->health().Learn(EvidenceOf(outcome));
  co_return outcome;
}

LaneEndpoints::LaneEndpoints(lane::Lane& lane,
                             const std::vector<std::shared_ptr<SharedEndpoint>>& shared,
                             const EndpointParts& parts) {
  endpoints_.reserve(shared.size());
  for (const std::shared_ptr<SharedEndpoint>& endpoint : shared) {
    const SettingsPtr& settings = endpoint->settings_ptr();
    endpoints_.emplace_back(endpoint, parts.make_client(lane, settings),
                            parts.make_token(lane, settings), lane.executor());
  }
}

LaneEndpoint* LaneEndpoints::Find(std::string_view name) {
  // A gateway beside a service knows a handful of endpoints: a scan beats a hash.
  auto found = std::ranges::find(endpoints_, name, [](const LaneEndpoint& endpoint) {
    return std::string_view(endpoint.settings().name);
  });
  return found == endpoints_.end() ? nullptr : &*found;
}

}  // namespace scoregate::service
