// How an upstream is spoken to: one object a kind, without state, shared by all lanes.
#pragma once

#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/call_kind.h"
#include "gateway/http/message.h"
#include "gateway/http/result.h"
#include "google/api/httpbody.pb.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect {

/// What an answer is that was read as a success.
enum class Certainty {
  kSuccess,
  /// Members that an error has stand beside its tables: errorbody::IsSuccess tells.
  kPerhapsAnError,
};

/// Speaks one kind of upstream. Every method is pure: no clock, no socket, nothing kept between
/// calls; any number of threads may call at once.
///
/// What is encoded has method, target, content-type, accept, and the endpoint's fixed headers. The
/// key, a token and forwarded metadata are the caller's to add (see Authorize).
class Dialect {
 public:
  virtual ~Dialect() = default;

  /// A typed request as this upstream wants it. Faults: kRequestInvalid with the field to fix,
  /// kRequestTooLarge over settings.limits.max_request_bytes, kMethodNotFound where the dialect has
  /// no typed calls.
  virtual http::Result<http::HttpRequest> EncodeScore(
      const scoring::v1::ScoreRequest& request,
      const endpoint::EndpointSettings& settings) const = 0;

  /// Reads a success into an empty `response`. Fault kResponseInvalid says what could not be
  /// understood; the response is empty then. Whether an answer is a success at all is not decided
  /// here: see errorbody::IsSuccess.
  virtual http::Result<Certainty> DecodeScore(const http::HttpResponse& answer,
                                              const endpoint::EndpointSettings& settings,
                                              scoring::v1::ScoreResponse& response) const = 0;

  /// A raw request: body and content type go as they came. Faults: kRequestInvalid (no endpoint, a
  /// content type that no header can carry), kRequestTooLarge.
  virtual http::Result<http::HttpRequest> EncodeRaw(
      const scoring::v1::ScoreRawRequest& request,
      const endpoint::EndpointSettings& settings) const = 0;
};

/// The dialect of a kind, with static lifetime; null where this build speaks none.
const Dialect* DialectOf(http::UpstreamKind kind);

/// The answer to ScoreRaw, unread: body and content type as they came, whatever the dialect.
void DecodeRaw(http::HttpResponse answer, google::api::HttpBody& body);

/// Sets `authorization: Bearer KEY` in place of any other; the key goes as it is. Nothing for an
/// empty key.
void Authorize(http::HttpRequest& request, std::string_view key);

}  // namespace scoregate::dialect
