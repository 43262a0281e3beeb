#include "gateway/config/check/credential_check.h"

#include <absl/strings/escaping.h>
#include <absl/strings/str_cat.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/config/check/call_check.h"
#include "gateway/config/check/secret.h"
#include "gateway/config/check/url.h"
#include "gateway/redact/known_secrets.h"

namespace scoregate::config {
namespace {

constexpr int kMaxKeys = 2;
constexpr char kBadProxy[] = "this is not a proxy that can be used";
constexpr char kDefaultAuthority[] = "https://login.microsoftonline.com";
constexpr char kDefaultScope[] = "https://ml.azure.com/.default";

// Warns of a secret that nobody looks for in an answer that quotes it. It was read just now, from
// its file or variable.
void CheckLength(std::string_view secret, const std::string& path, Report& report) {
  secret = secret.substr(0, secret.find_last_not_of('=') + 1);
  if (secret.size() >= redact::kLeastKnownSecret) return;
  report.Warning(path, absl::StrCat("this has less than ", redact::kLeastKnownSecret,
                                    " characters, so it is not hidden where an answer quotes it; "
                                    "take a longer one"));
}

void CheckKeys(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  if (place.message.api_key_size() > kMaxKeys) {
    place.Error("api_key", {"there are more than two keys", "one, or two for rotation", ""});
  }
  for (int i = 0; i < place.message.api_key_size(); ++i) {
    std::string path = Element(Child(place.path, "api_key"), static_cast<std::size_t>(i));
    std::optional<std::string> key =
        ReadSecret(place.message.api_key(i), place.input.environment, path, place.report);
    if (!key) continue;
    CheckLength(*key, path, place.report);
    settings.api_keys.push_back(*std::move(key));
  }
}

void CheckToken(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  std::string path = Child(place.path, "token");
  if (place.message.token().file().empty() || !place.message.token().env().empty()) {
    place.report.Error(path, {"a token is renewed, and a variable cannot be",
                              "{file: PATH}; for a fixed one, api_key", ""});
    return;
  }
  settings.token_file = place.message.token().file();
  // Its content is read for each renewal; whether it can be read now is worth knowing now.
  auto token = ReadSecret(place.message.token(), place.input.environment, path, place.report);
  if (token) CheckLength(*token, path, place.report);
}

// A key of workload_identity, or the variable that stands behind it.
std::string ValueOf(const EndpointPlace& place, const std::string& given, const char* variable) {
  if (!given.empty()) return given;
  const std::string* value = FindVariable(place.input.environment, variable);
  return value == nullptr ? "" : *value;
}

void CheckAuthority(const EndpointPlace& place, const std::string& path,
                    endpoint::WorkloadIdentity& identity) {
  const auto& message = place.message.workload_identity();
  std::string url = ValueOf(place, message.authority(), "AZURE_AUTHORITY_HOST");
  if (url.empty()) url = kDefaultAuthority;
  ParsedUrl parsed = ParseUrl(url);
  const std::string key = Child(path, "authority");
  if (!parsed.address) {
    place.report.Error(key, std::move(parsed.mistake));
    return;
  }
  identity.authority = *std::move(parsed.address);
  if (!identity.authority.tls && !IsOnThisMachine(identity.authority.host)) {
    place.report.Error(key, {"the workload's token must not go over an open line",
                             "https://HOST; http:// to this machine only", ""});
  }
}

void CheckWorkloadIdentity(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  const auto& message = place.message.workload_identity();
  const std::string path = Child(place.path, "workload_identity");
  endpoint::WorkloadIdentity identity;
  identity.tenant = ValueOf(place, message.tenant(), "AZURE_TENANT_ID");
  identity.client = ValueOf(place, message.client(), "AZURE_CLIENT_ID");
  identity.token_file = ValueOf(place, message.token_file(), "AZURE_FEDERATED_TOKEN_FILE");
  identity.scope = message.scope().empty() ? kDefaultScope : message.scope();
  identity.ca_file = message.ca_file();
  if (!IsMadeOf(identity.tenant, "-.")) {
    place.report.Error(Child(path, "tenant"), {"there is no tenant, or it is not an id",
                                               "tenant, or the variable AZURE_TENANT_ID", ""});
  }
  if (!IsMadeOf(identity.client, "-")) {
    place.report.Error(Child(path, "client"), {"there is no client, or it is not an id",
                                               "client, or the variable AZURE_CLIENT_ID", ""});
  }
  const std::string token_file = Child(path, "token_file");
  if (identity.token_file.empty()) {
    place.report.Error(token_file, {"the workload's own token has no file",
                                    "token_file, or the variable AZURE_FEDERATED_TOKEN_FILE", ""});
  } else {
    CheckReadable(identity.token_file, token_file, place.report);
  }
  if (!identity.ca_file.empty()) {
    CheckReadable(identity.ca_file, Child(path, "ca_file"), place.report);
  }
  CheckAuthority(place, path, identity);
  settings.workload_identity = std::move(identity);
}

std::string ProxyCredentials(const EndpointPlace& place) {
  if (!place.message.has_proxy_credentials()) return "";
  const std::string path = Child(place.path, "proxy_credentials");
  auto read =
      ReadSecret(place.message.proxy_credentials(), place.input.environment, path, place.report);
  const std::size_t colon = read ? read->find(':') : 0;
  if (read && colon == read->npos) {
    place.report.Error(path, {"a proxy's credentials are two", "USER:PASSWORD", ""});
  } else if (read) {
    CheckLength(std::string_view(*read).substr(colon + 1), path, place.report);
  }
  return read.value_or("");
}

// The first variable of these that says something.
const NamedValues::value_type* FirstOf(const NamedValues& environment,
                                       std::initializer_list<const char*> names) {
  for (const char* name : names) {
    auto found = std::ranges::find(environment, name, &NamedValues::value_type::first);
    if (found != environment.end() && !found->second.empty()) return &*found;
  }
  return nullptr;
}

// The proxy for an address, none for this machine: a proxy elsewhere could not reach it. HTTP_PROXY
// in capitals is what a web server makes of a caller's header `Proxy`, so nobody believes it.
ParsedProxy ProxyOfEnvironment(const EndpointPlace& place, const endpoint::Address& address) {
  const NamedValues& environment = place.input.environment;
  if (IsOnThisMachine(address.host)) return {};
  const auto* proxy =
      address.tls ? FirstOf(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
                  : FirstOf(environment, {"http_proxy", "all_proxy", "ALL_PROXY"});
  if (proxy == nullptr) return {};
  const auto* around = FirstOf(environment, {"no_proxy", "NO_PROXY"});
  if (around != nullptr && GoesAroundProxy(around->second, address.host)) return {};
  auto parsed = ParseProxy(proxy->second);
  if (!parsed) {
    place.report.ErrorAt({"environment", 0, 0}, proxy->first, {kBadProxy, "http://HOST:PORT", ""});
  }
  return parsed.value_or(ParsedProxy());
}

std::string BasicAuthorization(const std::string& credentials) {
  if (credentials.empty()) return "";
  return "Basic " + absl::Base64Escape(credentials);
}

}  // namespace

void CheckCredentials(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  const auto& message = place.message;
  CheckKeys(place, settings);
  if (message.has_token()) CheckToken(place, settings);
  if (message.has_workload_identity()) CheckWorkloadIdentity(place, settings);
  const int ways = (message.api_key_size() > 0 ? 1 : 0) + (message.has_token() ? 1 : 0) +
                   (message.has_workload_identity() ? 1 : 0);
  if (ways > 1) {
    place.Error(message.has_token() ? "token" : "workload_identity",
                {"the endpoint shows itself in two ways",
                 "one of api_key, token and workload_identity", ""});
  }
}

void CheckProxy(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  const std::string credentials = ProxyCredentials(place);
  ParsedProxy proxy;
  if (!place.message.proxy().empty()) {
    auto parsed = ParseProxy(place.message.proxy());
    if (!parsed || !parsed->credentials.empty()) {
      place.Error("proxy", {kBadProxy, "http://HOST:PORT; USER:PASSWORD in proxy_credentials", ""});
      return;
    }
    proxy = {parsed->place, credentials};
  } else {
    if (place.message.has_proxy_credentials()) {
      place.Error("proxy_credentials", {"there is no proxy to show them to", "proxy", ""});
    }
    proxy = ProxyOfEnvironment(place, settings.address);
  }
  settings.proxy = proxy.place;
  settings.proxy_authorization = BasicAuthorization(proxy.credentials);
  if (!settings.workload_identity) return;
  endpoint::WorkloadIdentity& identity = *settings.workload_identity;
  const bool own = !place.message.proxy().empty() && !IsOnThisMachine(identity.authority.host);
  if (!own) proxy = ProxyOfEnvironment(place, identity.authority);
  identity.proxy = proxy.place;
  identity.proxy_authorization = BasicAuthorization(proxy.credentials);
}

}  // namespace scoregate::config
