// The secrets that the gateway holds for an endpoint, and how they are kept out of what is told of
// the endpoint's answers.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/fault.h"
#include "gateway/http/message.h"
#include "gateway/redact/known_secrets.h"

namespace scoregate::service {

/// Keys, credentials for the proxy, values of fixed headers and of the URL's query, as far as they
/// are secret, are known from the settings; the token and what a caller's metadata brought along
/// from the request that was sent. Never changes; any thread.
class EndpointSecrets {
 public:
  /// The settings must outlive it.
  explicit EndpointSecrets(const endpoint::EndpointSettings& settings);
  EndpointSecrets(const EndpointSecrets&) = delete;
  EndpointSecrets& operator=(const EndpointSecrets&) = delete;

  /// The answer to a request without the secrets that it quotes; nothing where it quotes none. A
  /// body that quotes one is UTF-8 then.
  std::optional<http::HttpResponse> Hidden(const http::HttpRequest& sent,
                                           const http::HttpResponse& answer) const;

  /// The fault that was found in the answer to a request, without secrets.
  http::Fault Hidden(const http::HttpRequest& sent, http::Fault fault) const;

  /// Takes the secrets out of a text that the answer to a request holds.
  void HideIn(const http::HttpRequest& sent, std::string& text) const;

 private:
  void AddQuery(std::string_view query);
  void AddProxy(std::string_view authorization);
  redact::KnownSecrets With(const http::HttpRequest& sent) const;

  /// What no setting holds as it has to be looked for; in a deque, so that views of it stay good.
  std::deque<std::string> decoded_;
  redact::KnownSecrets configured_;
  /// The headers of a request whose values are secret, in lower case.
  std::vector<std::string> secret_headers_;
};

}  // namespace scoregate::service
