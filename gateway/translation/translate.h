// The way out: an ended HTTP exchange, or a fault without one, becomes a google.rpc.Status. The one
// place where a gRPC code is chosen.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/errorbody/reported_error.h"
#include "gateway/grpcwire/code.h"
#include "gateway/http/call_kind.h"
#include "gateway/http/fault.h"
#include "gateway/translation/rules/rule.h"
#include "google/rpc/status.pb.h"

namespace scoregate::translation {

/// What translation knows of the call apart from the error. Views must outlive the translation.
struct CallFacts {
  http::UpstreamKind kind = http::UpstreamKind::kClassic;
  http::CallKind call = http::CallKind::kScore;
  /// Whether the call may be made twice.
  bool idempotent = true;
  /// The endpoint's configured name; empty where none is known.
  std::string_view endpoint;
  /// The gateway's id of this call; empty for none, as in `scoregate translate`.
  std::string_view request_id;
  /// The caller's accept-language metadata; empty where absent.
  std::string_view accept_language;
  /// The endpoint's settings: overrides, locale, gateway_faults, error_voice, declared inputs and
  /// parameters. Null for all defaults, as in `scoregate translate`.
  const endpoint::EndpointSettings* settings = nullptr;
  /// How often the caller has tried before (grpc-previous-rpc-attempts).
  std::uint32_t previous_attempts = 0;
  /// What is left of the caller's deadline; nothing where it set none.
  std::optional<std::chrono::milliseconds> remaining_deadline;
  /// Pushback = delay times this; 1.0 to 1.2, from the caller of this function.
  double jitter_factor = 1.0;
  /// True where configuration and the caller both allow DebugInfo.
  bool debug_info = false;
  /// The largest number of fields in the encoded input that belong to the caller: false for Score,
  /// where the gateway encodes the body (contract 2.3, `body`).
  bool caller_owns_body = false;
  /// The name of the batch operation that the call is about; empty for none.
  std::string_view operation;
  /// Whether work was done that the same call again would do once more: a job was submitted, or has
  /// run. No retry is advised then.
  bool work_done = false;
  /// Where Help links point, without the fragment; empty for the default.
  std::string_view help_base_url;
};

/// A translated failure.
struct Translation {
  /// These two go into grpc-status and grpc-message, and are in `packed` as well.
  grpcwire::Code code = grpcwire::Code::kUnknown;
  std::string message;
  /// The google.rpc.Status on the wire, within the trailer budget: a call needs its bytes only.
  std::string packed;
  /// grpc-retry-pushback-ms: milliseconds >= 0, or -1; nothing where it is not sent.
  std::optional<std::int64_t> pushback_ms;
  /// Who has to act; the same as faultDomain among the details.
  FaultDomain fault = FaultDomain::kUpstream;
  /// The rule that fired, such as "catalogue:ServiceUnavailable/RequestThrottled",
  /// "application:403", "intermediary:502", "model:424/503" or "gateway:timeout".
  std::string rule;

  /// `packed` as a message.
  google::rpc::Status Status() const;
};

/// Translates what an upstream answered. Total: always a code from 1 to 16 and one ErrorInfo.
Translation Translate(const errorbody::ReportedError& error, const CallFacts& facts);

/// Translates a failure without an answer.
Translation Translate(const http::Fault& fault, const CallFacts& facts);

/// A success that could not be understood (DecodeScore's fault) with the answer it was found in:
/// INTERNAL, UPSTREAM_RESPONSE_INVALID, with the status as received.
Translation TranslateInvalidSuccess(const http::Fault& fault, int http_status,
                                    const CallFacts& facts);

}  // namespace scoregate::translation
