#include "gateway/config/check/credential_check.h"

#include <optional>
#include <string>
#include <utility>

#include "gateway/config/check/secret.h"
#include "gateway/config/check/url.h"

namespace scoregate::config {
namespace {

constexpr int kMaxKeys = 2;

}  // namespace

void CheckCredentials(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  if (place.message.api_key_size() > kMaxKeys) {
    place.Error("api_key", {"there are more than two keys", "one, or two for rotation", ""});
  }
  for (int i = 0; i < place.message.api_key_size(); ++i) {
    std::string path = Element(Child(place.path, "api_key"), static_cast<std::size_t>(i));
    std::optional<std::string> key =
        ReadSecret(place.message.api_key(i), place.input.environment, path, place.report);
    if (key) settings.api_keys.push_back(*std::move(key));
  }
  if (!place.message.has_token()) return;
  std::string path = Child(place.path, "token");
  if (place.message.api_key_size() > 0) {
    place.report.Error(path, {"an endpoint has a token or keys, not both", "", ""});
  }
  if (place.message.token().file().empty() || !place.message.token().env().empty()) {
    place.report.Error(path, {"a token is renewed, and a variable cannot be",
                              "{file: PATH}; for a fixed one, api_key", ""});
    return;
  }
  settings.token_file = place.message.token().file();
  // Its content is read for each renewal; whether it can be read now is worth knowing now.
  ReadSecret(place.message.token(), place.input.environment, path, place.report);
}

void CheckProxy(const EndpointPlace& place, endpoint::EndpointSettings& settings) {
  if (!place.message.proxy().empty()) {
    settings.proxy = ParseProxy(place.message.proxy());
    if (settings.proxy.empty()) {
      place.Error("proxy",
                  {"this is not a proxy that can be used", "http://HOST:PORT without a user", ""});
    }
    return;
  }
  const std::string* proxy = FindVariable(place.input.environment, "HTTPS_PROXY");
  if (proxy == nullptr || proxy->empty() || !settings.address.tls) return;
  const std::string* around = FindVariable(place.input.environment, "NO_PROXY");
  if (around != nullptr && GoesAroundProxy(*around, settings.address.host)) return;
  settings.proxy = ParseProxy(*proxy);
  if (settings.proxy.empty()) {
    place.report.ErrorAt(
        {"environment", 0, 0}, "HTTPS_PROXY",
        {"this is not a proxy that can be used", "http://HOST:PORT without a user", ""});
  }
}

}  // namespace scoregate::config
