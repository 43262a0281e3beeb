#include "gateway/service/errors/translate_exchange.h"

#include <array>
#include <utility>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/errorbody/read.h"

namespace scoregate::service {
namespace {

// A transport error comes without words of its own; these stand in Status.message.
std::string FaultText(http::FaultKind kind) {
  switch (kind) {
    case http::FaultKind::kNameLookupFailed:
      return "the upstream's name could not be looked up";
    case http::FaultKind::kConnectFailed:
      return "could not connect to the upstream";
    case http::FaultKind::kTlsFailed:
      return "the TLS handshake with the upstream failed";
    case http::FaultKind::kTlsUntrusted:
      return "the upstream's certificate was refused";
    case http::FaultKind::kResetBeforeSend:
      return "the connection broke before any byte of the request was sent";
    case http::FaultKind::kResetAfterSend:
      return "the connection broke before the upstream's answer was complete";
    case http::FaultKind::kTimeout:
      return "the upstream did not answer in time";
    case http::FaultKind::kCancelled:
      return "the caller cancelled the call";
    case http::FaultKind::kRequestTooLarge:
      return "the request is larger than the gateway accepts";
    case http::FaultKind::kResponseTooLarge:
      return "the upstream's answer is larger than the gateway accepts";
    case http::FaultKind::kInFlightLimit:
      return "as many calls as the endpoint allows are in flight";
    default:
      return std::string(http::FaultName(kind));
  }
}

}  // namespace

std::optional<translation::Translation> TranslateExchange(const EndedExchange& exchange) {
  translation::CallFacts facts;
  facts.kind = exchange.kind;
  facts.call = exchange.call;
  facts.idempotent = endpoint::EndpointSettings().IsIdempotent(exchange.call);
  facts.accept_language = exchange.accept_language;
  facts.previous_attempts = exchange.previous_attempts;
  facts.remaining_deadline = exchange.remaining_deadline;
  facts.caller_owns_body = exchange.call == http::CallKind::kScoreRaw;
  if (exchange.transport_error) {
    http::Fault fault(*exchange.transport_error, FaultText(*exchange.transport_error));
    return translation::Translate(fault, facts);
  }
  if (errorbody::IsSuccess(exchange.response, exchange.kind, exchange.call)) return std::nullopt;
  return translation::Translate(errorbody::Read(exchange.response, exchange.kind, std::nullopt),
                                facts);
}

std::optional<http::UpstreamKind> ParseUpstreamKind(std::string_view word) {
  for (auto kind : {http::UpstreamKind::kClassic, http::UpstreamKind::kOnlineEndpoint,
                    http::UpstreamKind::kOpaque}) {
    if (http::UpstreamKindName(kind) == word) return kind;
  }
  return std::nullopt;
}

std::optional<http::CallKind> ParseCallKind(std::string_view word) {
  for (auto call : {http::CallKind::kScore, http::CallKind::kScoreRaw,
                    http::CallKind::kCreateBatchJob, http::CallKind::kGetOperation}) {
    if (http::CallKindName(call) == word) return call;
  }
  return std::nullopt;
}

std::optional<http::FaultKind> ParseTransportError(std::string_view word) {
  static constexpr std::array kTransportErrors{
      http::FaultKind::kNameLookupFailed, http::FaultKind::kConnectFailed,
      http::FaultKind::kTlsFailed,        http::FaultKind::kTlsUntrusted,
      http::FaultKind::kResetBeforeSend,  http::FaultKind::kResetAfterSend,
      http::FaultKind::kTimeout,          http::FaultKind::kCancelled,
      http::FaultKind::kRequestTooLarge,  http::FaultKind::kResponseTooLarge,
      http::FaultKind::kInFlightLimit};
  for (http::FaultKind kind : kTransportErrors) {
    if (http::FaultName(kind) == word) return kind;
  }
  return std::nullopt;
}

}  // namespace scoregate::service
