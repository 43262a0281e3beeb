#include "gateway/credential/token_request.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/errorbody/read.h"
#include "gateway/redact/known_secrets.h"
#include "gateway/redact/redact.h"

namespace scoregate::credential {
namespace {

using http::Fault;
using http::FaultKind;

constexpr std::string_view kAssertionType =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr std::size_t kMaxTokenBytes = std::size_t{64} * 1024;
// How much of the authority's words stands in a fault.
constexpr std::size_t kMaxSaidBytes = 256;

void AppendField(std::string& form, std::string_view name, std::string_view value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  if (!form.empty()) form += '&';
  form.append(name).append("=");
  for (char c : value) {
    const bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      form += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    form += '%';
    form += kHex[byte >> 4];
    form += kHex[byte & 0xF];
  }
}

// Whether a peer's text can be the value of a header.
bool IsToken(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTokenBytes &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

// A number, or a string that holds one: both are met.
std::int64_t SecondsOf(simdjson::dom::element value) {
  std::int64_t seconds = 0;
  std::string_view text;
  if (value.get(seconds) == simdjson::SUCCESS) return seconds;
  if (value.get(text) == simdjson::SUCCESS) {
    std::from_chars(text.data(), text.data() + text.size(), seconds);
  }
  return seconds;
}

std::string Printable(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c < 0x20 || c > 0x7E; }, ' ');
  return text;
}

Fault RefusedBy(std::string_view authority, std::string_view assertion,
                const http::HttpResponse& answer) {
  const int status = answer.status;
  const bool passing = status == 408 || status == 429 || status >= 500;
  std::string text("the authority ");
  text.append(authority).append(" gave no token: HTTP status ").append(std::to_string(status));
  const auto error = errorbody::Read(answer, http::UpstreamKind::kOpaque, std::nullopt);
  redact::KnownSecrets sent;
  sent.Add(assertion);
  std::string said = Printable(redact::Redact(sent.Hide(error.message).value_or(error.message)));
  if (said.size() > kMaxSaidBytes) said.resize(kMaxSaidBytes);
  if (!said.empty() && error.voice == errorbody::Voice::kApplication) text += ", " + said;
  return Fault(passing ? FaultKind::kCredentialUnavailable : FaultKind::kCredentialRefused,
               std::move(text));
}

Fault NotUnderstood(std::string_view authority, std::string_view why) {
  std::string text("the answer of the authority ");
  text.append(authority).append(" is not understood: ").append(why);
  return Fault(FaultKind::kCredentialRefused, std::move(text));
}

}  // namespace

http::HttpRequest TokenRequest(const endpoint::WorkloadIdentity& identity,
                               std::string_view assertion) {
  http::HttpRequest request;
  request.target = identity.authority.path;
  if (!request.target.ends_with('/')) request.target += '/';
  request.target += identity.tenant + "/oauth2/v2.0/token";
  request.headers.Add("content-type", "application/x-www-form-urlencoded");
  request.headers.Add("accept", "application/json");
  AppendField(request.body, "grant_type", "client_credentials");
  AppendField(request.body, "client_id", identity.client);
  AppendField(request.body, "scope", identity.scope);
  AppendField(request.body, "client_assertion_type", kAssertionType);
  AppendField(request.body, "client_assertion", assertion);
  return request;
}

http::Result<GrantedToken> ReadTokenAnswer(const http::HttpResponse& answer,
                                           std::string_view authority, std::string_view assertion) {
  if (answer.status != 200) return RefusedBy(authority, assertion, answer);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(answer.body).get(root) != simdjson::SUCCESS) {
    return NotUnderstood(authority, "it is not JSON");
  }
  std::string_view token;
  if (root["access_token"].get(token) != simdjson::SUCCESS || !IsToken(token)) {
    return NotUnderstood(authority, "it holds no access_token");
  }
  simdjson::dom::element expires;
  GrantedToken granted;
  if (root["expires_in"].get(expires) == simdjson::SUCCESS) {
    granted.lifetime = std::min(std::chrono::seconds(std::max<std::int64_t>(SecondsOf(expires), 0)),
                                kLongestLifetime);
  }
  if (granted.lifetime.count() == 0) {
    return NotUnderstood(authority, "it does not say for how long the token is good");
  }
  granted.token = token;
  return granted;
}

}  // namespace scoregate::credential
