// The exchange of a federated token for one of Azure's, as values: RFC 6749, 4.4, with the client
// assertion of RFC 7523.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/message.h"
#include "gateway/http/result.h"

namespace scoregate::credential {

/// Lifetimes beyond this are not believed.
inline constexpr std::chrono::seconds kLongestLifetime = std::chrono::hours(24);

struct GrantedToken {
  std::string token;
  std::chrono::seconds lifetime{0};
};

/// The request to the authority's token endpoint.
http::HttpRequest TokenRequest(const endpoint::WorkloadIdentity& identity,
                               std::string_view assertion);

/// What the authority granted. Faults: kCredentialUnavailable where asking again may help (408,
/// 429, 5xx), else kCredentialRefused; their text names the authority's own error, redacted,
/// without the assertion that was sent.
http::Result<GrantedToken> ReadTokenAnswer(const http::HttpResponse& answer,
                                           std::string_view authority, std::string_view assertion);

}  // namespace scoregate::credential
