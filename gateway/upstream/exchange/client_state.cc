#include "gateway/upstream/exchange/client_state.h"

#include <charconv>
#include <string_view>
#include <utility>

#include "gateway/upstream/message/request_head.h"

namespace scoregate::upstream {
namespace {

struct Place {
  std::string host;
  std::uint16_t port = 0;
};

constexpr std::uint16_t kDefaultProxyPort = 8080;

// "host:port", "[::1]:3128", with or without "http://" before it.
Place ReadProxy(std::string_view text) {
  constexpr std::string_view kScheme = "http://";
  if (text.starts_with(kScheme)) text.remove_prefix(kScheme.size());
  while (text.ends_with('/')) text.remove_suffix(1);
  Place place{.host = "", .port = kDefaultProxyPort};
  std::size_t colon = text.rfind(':');
  if (colon != text.npos && text.find(']', colon) == text.npos) {
    std::string_view digits = text.substr(colon + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), place.port);
    text = text.substr(0, colon);
  }
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  place.host = text;
  return place;
}

Place DialPlace(const endpoint::EndpointSettings& settings) {
  if (!settings.proxy.empty()) return ReadProxy(settings.proxy);
  return {settings.address.host, settings.address.port};
}

ViaProxy ForwardingProxy(const endpoint::EndpointSettings& settings) {
  if (settings.proxy.empty() || settings.address.tls) return {};
  return {"http://" + HostField(settings.address), settings.proxy_authorization};
}

}  // namespace

ClientState::ClientState(const lane::Executor& lane, Shared parts)
    : executor(lane),
      shared(std::move(parts)),
      host_field(HostField(shared.settings->address)),
      place(HostAndPort(shared.settings->address.host, shared.settings->address.port)),
      dial_host(DialPlace(*shared.settings).host),
      dial_port(DialPlace(*shared.settings).port),
      dial_place(HostAndPort(dial_host, dial_port)),
      dial_name(shared.settings->proxy.empty() ? dial_place : "the proxy " + dial_place),
      via(ForwardingProxy(*shared.settings)),
      names_changed(std::make_shared<lane::Signal>(lane)),
      name_waiter(std::make_shared<NameWaiter>(lane, names_changed)),
      deadlines(std::make_shared<Deadlines>(lane)),
      pool(std::make_shared<Pool>(lane, Pool::Limits{shared.settings->limits.max_idle_connections,
                                                     shared.settings->limits.idle_timeout})) {}

void ClientState::Close() {
  name_waiter->Withdraw();
  deadlines->Close();
  pool->Close();
}

}  // namespace scoregate::upstream
