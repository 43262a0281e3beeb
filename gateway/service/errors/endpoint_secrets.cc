#include "gateway/service/errors/endpoint_secrets.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/errorbody/text.h"
#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/redact/redact.h"
#include "gateway/redact/secret_names.h"

namespace scoregate::service {
namespace {

constexpr std::string_view kAuthorization = "authorization";
constexpr std::string_view kCookie = "cookie";
// Each secret is looked for in all of an answer, and a caller may send more cookies than one
// thinks.
constexpr std::size_t kMostSecretsOfRequest = 16;

// What looks like a key has so many characters. Names of regions, versions and encodings have less.
constexpr std::size_t kLeastUnnamedSecret = 16;

// Fixed headers that only describe the request: their values are words of messages, though some
// have digits.
constexpr auto kPlainHeaders = std::to_array<std::string_view>(
    {"accept", "accept-charset", "accept-language", "azureml-model-deployment", "cache-control",
     "content-language", "content-type", "user-agent"});
constexpr std::string_view kApiVersion = "api-version";

template <typename List>
bool Contains(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

bool IsSecretName(std::string_view lower_name) {
  return redact::IsSecretHeader(lower_name) ||
         redact::KindOfName(lower_name) != redact::NameKind::kPlain;
}

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// As of 2024-05-01-preview.
bool BeginsWithDate(std::string_view value) {
  constexpr std::string_view kDate = "0000-00-00";
  if (value.size() < kDate.size()) return false;
  return std::ranges::equal(kDate, value.substr(0, kDate.size()), [](char pattern, char c) {
    return pattern == '0' ? IsDigit(c) : c == pattern;
  });
}

// Whether a value whose name says nothing may be a key: one long word with letters and digits.
bool LooksLikeKey(std::string_view value) {
  constexpr std::string_view kEndsWord = " ,;\"";
  const auto is_letter = [](char c) {
    const char lower = errorbody::LowerCase(c);
    return lower >= 'a' && lower <= 'z';
  };
  return value.size() >= kLeastUnnamedSecret && value.find_first_of(kEndsWord) == value.npos &&
         std::ranges::any_of(value, IsDigit) && std::ranges::any_of(value, is_letter) &&
         !BeginsWithDate(value);
}

// Calls `take` with each name and value of "a=1&b=2" or "a=1; b=2", and with all that is left
// behind the name of the last of `most`.
template <typename Take>
void ForEachPair(std::string_view pairs, char separator, std::size_t most, Take take) {
  for (; !pairs.empty() && most > 0; --most) {
    const std::size_t end =
        most == 1 ? pairs.size() : std::min(pairs.find(separator), pairs.size());
    const std::string_view pair = errorbody::Trimmed(pairs.substr(0, end));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    take(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
    pairs.remove_prefix(std::min(end + 1, pairs.size()));
  }
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), errorbody::LowerCase);
  return lower;
}

std::optional<http::HeaderMap> HiddenFields(const redact::KnownSecrets& secrets,
                                            const http::HeaderMap& fields) {
  const auto holds_one = [&](const http::HeaderMap::Field& field) {
    // Most are a few words, and none is cut.
    return field.second.size() >= secrets.shortest() && secrets.Hide(field.second).has_value();
  };
  if (std::ranges::none_of(fields.fields(), holds_one)) return std::nullopt;
  http::HeaderMap hidden;
  for (const auto& [name, value] : fields.fields()) {
    hidden.Add(name, secrets.Hide(value).value_or(value));
  }
  return hidden;
}

}  // namespace

EndpointSecrets::EndpointSecrets(const endpoint::EndpointSettings& settings)
    : secret_headers_{std::string(kAuthorization)} {
  for (const std::string& key : settings.api_keys) configured_.Add(key);
  for (const auto& [name, value] : settings.headers) {
    if (Contains(kPlainHeaders, name)) continue;
    const std::string_view credentials = redact::CredentialsIn(value);
    if (!IsSecretName(name) && !LooksLikeKey(credentials)) continue;
    configured_.Add(value);
    configured_.Add(credentials);
  }
  AddQuery(settings.address.query);
  AddProxy(settings.proxy_authorization);
  for (const std::string& name : settings.forward_metadata) {
    if (name != kAuthorization && redact::IsSecretHeader(name)) secret_headers_.push_back(name);
  }
}

void EndpointSecrets::AddQuery(std::string_view query) {
  ForEachPair(query, '&', query.size(), [this](std::string_view name, std::string_view value) {
    const std::string lower = Lower(name);
    // A date, or what a signature allows: these say what is wrong, and open nothing.
    if (lower == kApiVersion || redact::IsSasParameter(lower)) return;
    std::string decoded = grpcwire::PercentDecode(value);
    if (!IsSecretName(lower) && !LooksLikeKey(decoded)) return;
    configured_.Add(decoded_.emplace_back(std::move(decoded)));
  });
}

void EndpointSecrets::AddProxy(std::string_view authorization) {
  const std::string_view encoded = redact::CredentialsIn(authorization);
  configured_.Add(encoded);
  std::optional<std::string> decoded = grpcwire::Base64Decode(encoded);
  if (!decoded || decoded->empty()) return;
  const std::string_view credentials = decoded_.emplace_back(*std::move(decoded));
  const std::size_t colon = credentials.find(':');
  configured_.Add(credentials);
  if (colon != credentials.npos) configured_.Add(credentials.substr(colon + 1));
}

redact::KnownSecrets EndpointSecrets::With(const http::HttpRequest& sent) const {
  redact::KnownSecrets secrets = configured_;
  std::size_t left = kMostSecretsOfRequest;
  for (const auto& [name, value] : sent.headers.fields()) {
    if (!Contains(secret_headers_, name)) continue;
    secrets.Add(redact::CredentialsIn(value));
    left -= std::min<std::size_t>(left, 1);
    if (name != kCookie) continue;
    ForEachPair(value, ';', left, [&](std::string_view, std::string_view cookie) {
      secrets.Add(cookie);
      left -= std::min<std::size_t>(left, 1);
    });
  }
  return secrets;
}

std::optional<http::HttpResponse> EndpointSecrets::Hidden(const http::HttpRequest& sent,
                                                          const http::HttpResponse& answer) const {
  const redact::KnownSecrets secrets = With(sent);
  if (secrets.empty()) return std::nullopt;
  std::string rewritten;
  std::optional<std::string> body =
      secrets.Hide(errorbody::WithoutByteOrderMark(answer.body, rewritten));
  std::optional<http::HeaderMap> headers = HiddenFields(secrets, answer.headers);
  std::optional<http::HeaderMap> trailers = HiddenFields(secrets, answer.trailers);
  if (!body && !headers && !trailers) return std::nullopt;
  http::HttpResponse hidden;
  hidden.status = answer.status;
  hidden.headers = headers ? *std::move(headers) : answer.headers;
  hidden.trailers = trailers ? *std::move(trailers) : answer.trailers;
  hidden.body = body ? *std::move(body) : answer.body;
  hidden.body_cut = answer.body_cut;
  return hidden;
}

http::Fault EndpointSecrets::Hidden(const http::HttpRequest& sent, http::Fault fault) const {
  HideIn(sent, fault.text);
  HideIn(sent, fault.field);
  return fault;
}

void EndpointSecrets::HideIn(const http::HttpRequest& sent, std::string& text) const {
  std::optional<std::string> hidden = With(sent).Hide(text);
  if (hidden) text = *std::move(hidden);
}

}  // namespace scoregate::service
