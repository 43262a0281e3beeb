#include "gateway/config/check/url.h"

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_split.h>

#include <boost/url/host_type.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <cstdint>
#include <vector>

namespace scoregate::config {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;
constexpr char kExpectedUrl[] = "http://HOST/PATH or https://HOST/PATH";

std::string Text(boost::core::string_view text) {
  return std::string(text.data(), text.size());
}

ParsedUrl Wrong(std::string text, std::string expected = "") {
  return {std::nullopt, {std::move(text), std::move(expected), ""}};
}

}  // namespace

ParsedUrl ParseUrl(std::string_view text) {
  auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed) return Wrong("this is not a URL", kExpectedUrl);
  const boost::urls::url_view& url = *parsed;
  const std::string scheme = absl::AsciiStrToLower(Text(url.scheme()));
  if (scheme != "http" && scheme != "https") return Wrong("the scheme is not known", kExpectedUrl);
  if (url.has_userinfo()) return Wrong("a user or password must not stand in a URL", "api_key");
  if (url.has_fragment()) return Wrong("a URL to call has no fragment (#)");
  endpoint::Address address;
  address.tls = scheme == "https";
  address.host = Text(url.encoded_host_address());
  bool is_name = url.host_type() == boost::urls::host_type::name;
  if (address.host.empty() || url.host_type() == boost::urls::host_type::none ||
      url.host_type() == boost::urls::host_type::ipvfuture ||
      (is_name && address.host.find_first_not_of(
                      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") !=
                      std::string::npos)) {
    return Wrong("the URL has no host that can be called", kExpectedUrl);
  }
  address.port = address.tls ? kHttpsPort : kHttpPort;
  if (url.has_port() && !url.port().empty()) {
    address.port = url.port_number();
    if (address.port == 0) return Wrong("the port is not one from 1 to 65535");
  }
  address.path = Text(url.encoded_path());
  if (address.path.empty()) address.path = "/";
  address.query = Text(url.encoded_query());
  return {address, {}};
}

std::optional<ParsedProxy> ParseProxy(std::string_view text) {
  std::string url(text);
  if (url.find("://") == std::string::npos) url = "http://" + url;
  auto with_user = boost::urls::parse_uri(url);
  if (!with_user) return std::nullopt;
  ParsedProxy proxy;
  if (with_user->has_userinfo()) {
    proxy.credentials = with_user->user() + ":" + with_user->password();
    const std::size_t user = url.find("://") + 3;
    url.erase(user, with_user->encoded_userinfo().size() + 1);
  }
  ParsedUrl parsed = ParseUrl(url);
  if (!parsed.address || parsed.address->tls) return std::nullopt;
  if (parsed.address->path != "/" || !parsed.address->query.empty()) return std::nullopt;
  bool is_v6 = parsed.address->host.find(':') != std::string::npos;
  std::string host = is_v6 ? "[" + parsed.address->host + "]" : parsed.address->host;
  proxy.place = host + ":" + std::to_string(parsed.address->port);
  return proxy;
}

bool IsOnThisMachine(std::string_view host) {
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

bool GoesAroundProxy(std::string_view no_proxy, std::string_view host) {
  const std::string name = absl::AsciiStrToLower(absl::string_view(host.data(), host.size()));
  std::vector<std::string> entries =
      absl::StrSplit(absl::string_view(no_proxy.data(), no_proxy.size()), absl::ByAnyChar(", "),
                     absl::SkipEmpty());
  for (const std::string& entry : entries) {
    std::string covered = absl::AsciiStrToLower(entry);
    if (covered == "*") return true;
    if (covered.starts_with("*.")) covered.erase(0, 1);
    if (covered.starts_with('.')) covered.erase(0, 1);
    if (name == covered || absl::EndsWith(name, "." + covered)) return true;
  }
  return false;
}

}  // namespace scoregate::config
