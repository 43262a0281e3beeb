#include "gateway/service/health/endpoint_health.h"

#include "gateway/grpcwire/code.h"

namespace scoregate::service {
namespace {

using http::FaultKind;

constexpr int kUnauthorized = 401;

Evidence EvidenceOf(FaultKind kind) {
  switch (kind) {
    case FaultKind::kNameNotFound:
    case FaultKind::kConnectFailed:
    case FaultKind::kTlsUntrusted:
    case FaultKind::kCredentialRefused:
    case FaultKind::kProxyRefused:
      return Evidence::kBroken;
    case FaultKind::kNameLookupFailed:
    case FaultKind::kTlsFailed:
    case FaultKind::kResetBeforeSend:
    case FaultKind::kResetAfterSend:
    case FaultKind::kResponseInvalid:
    case FaultKind::kTimeout:
    case FaultKind::kCredentialUnavailable:
      return Evidence::kDoubt;
    // The gateway's own limit cut an answer that was coming.
    case FaultKind::kResponseTooLarge:
      return Evidence::kServes;
    case FaultKind::kCancelled:
    case FaultKind::kRequestInvalid:
    case FaultKind::kRequestMalformed:
    case FaultKind::kRequestTooLarge:
    case FaultKind::kListTooLong:
    case FaultKind::kInFlightLimit:
    case FaultKind::kConnectionLimit:
    case FaultKind::kCircuitOpen:
    case FaultKind::kShuttingDown:
    case FaultKind::kEndpointNotFound:
    case FaultKind::kOperationNotFound:
    case FaultKind::kCatalogueNameNotFound:
    case FaultKind::kMethodNotFound:
    case FaultKind::kAccessRefused:
    case FaultKind::kInternal:
      return Evidence::kNone;
  }
  return Evidence::kNone;
}

}  // namespace

Evidence EvidenceOf(const http::HttpOutcome& outcome) {
  if (!outcome.ok()) return EvidenceOf(outcome.fault().kind);
  return outcome.value().status / 100 == 2 ? Evidence::kServes : Evidence::kNone;
}

Evidence EvidenceOf(int http_status, const translation::Translation& translated) {
  // It throttles: full is not broken.
  if (translated.code == grpcwire::Code::kResourceExhausted) return Evidence::kServes;
  switch (translated.fault) {
    case translation::FaultDomain::kCaller:
    case translation::FaultDomain::kModel:
      return Evidence::kServes;
    case translation::FaultDomain::kGateway:
    case translation::FaultDomain::kUpstream:
      // A key of the gateway's is refused, whoever of them says so. What else went wrong may be
      // this call alone.
      return http_status == kUnauthorized ? Evidence::kBroken : Evidence::kDoubt;
  }
  return Evidence::kNone;
}

EndpointHealth::State EndpointHealth::At(Time now) const {
  State state = state_.load(std::memory_order_acquire);
  bool lapsed = state == scoring::v1::Endpoint::NOT_SERVING && now >= LapsesAt();
  return lapsed ? scoring::v1::Endpoint::UNKNOWN : state;
}

EndpointHealth::Time EndpointHealth::LapsesAt() const {
  return Time(Time::duration(lapses_at_.load(std::memory_order_relaxed)));
}

void EndpointHealth::Learn(Evidence evidence, Time now) {
  switch (evidence) {
    case Evidence::kNone:
      return;
    case Evidence::kServes:
      return LearnThatItServes();
    case Evidence::kDoubt:
      if (doubts_.load(std::memory_order_relaxed) + 1 < kDoubtsInARow) {
        doubts_.fetch_add(1, std::memory_order_relaxed);
        return;
      }
      return LearnThatItIsBroken(now);
    case Evidence::kBroken:
      return LearnThatItIsBroken(now);
  }
}

void EndpointHealth::Learn(Evidence evidence) {
  const bool is_bad = evidence == Evidence::kDoubt || evidence == Evidence::kBroken;
  Learn(evidence, is_bad ? lane::Clock::now() : Time());
}

// Written only where it changes: the line is shared by all lanes.
void EndpointHealth::LearnThatItServes() {
  if (doubts_.load(std::memory_order_relaxed) != 0) doubts_.store(0, std::memory_order_relaxed);
  if (state_.load(std::memory_order_relaxed) == scoring::v1::Endpoint::SERVING) return;
  State before = state_.exchange(scoring::v1::Endpoint::SERVING, std::memory_order_relaxed);
  if (before == scoring::v1::Endpoint::NOT_SERVING && board_ != nullptr) board_->Announce();
}

void EndpointHealth::LearnThatItIsBroken(Time now) {
  State before = At(now);
  lapses_at_.store((now + kBadNewsLifetime).time_since_epoch().count(), std::memory_order_relaxed);
  state_.store(scoring::v1::Endpoint::NOT_SERVING, std::memory_order_release);
  if (before != scoring::v1::Endpoint::NOT_SERVING && board_ != nullptr) board_->Announce();
}

}  // namespace scoregate::service
