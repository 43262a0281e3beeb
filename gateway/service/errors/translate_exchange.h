// One ended HTTP exchange, taken from anywhere, becomes one Status: what `scoregate translate`, the
// Translate RPC and the gateway's own calls have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/http/call_kind.h"
#include "gateway/http/fault.h"
#include "gateway/http/message.h"
#include "gateway/translation/translate.h"

namespace scoregate::service {

/// An exchange that has ended. Either `response.status` is set, or `transport_error`.
struct EndedExchange {
  http::UpstreamKind kind = http::UpstreamKind::kClassic;
  http::CallKind call = http::CallKind::kScore;
  http::HttpResponse response;
  std::optional<http::FaultKind> transport_error;
  std::string accept_language;
  std::uint32_t previous_attempts = 0;
  std::optional<std::chrono::milliseconds> remaining_deadline;
};

/// Translates by the defaults of the specification of `scoregate translate`: RELAY, a key that the
/// gateway holds, no default locale, no jitter, no endpoint, no request id, no clock. Nothing where
/// the exchange was a success. Pure; two calls give the same bytes.
std::optional<translation::Translation> TranslateExchange(const EndedExchange& exchange);

/// The words of the interface for kinds, methods and transport errors; nothing for other words.
std::optional<http::UpstreamKind> ParseUpstreamKind(std::string_view word);
std::optional<http::CallKind> ParseCallKind(std::string_view word);
std::optional<http::FaultKind> ParseTransportError(std::string_view word);

}  // namespace scoregate::service
