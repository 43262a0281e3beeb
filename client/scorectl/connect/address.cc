#include "client/scorectl/connect/address.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace scoregate::scorectl {
namespace {

constexpr const char* kOption = "--address";
constexpr std::string_view kDefaultPort = "50051";

bool HasScheme(std::string_view address) {
  constexpr auto kSchemes = std::to_array<std::string_view>(
      {"unix:", "unix-abstract:", "dns:", "ipv4:", "ipv6:", "vsock:", "xds:"});
  return std::ranges::any_of(kSchemes,
                             [&](std::string_view scheme) { return address.starts_with(scheme); });
}

[[noreturn]] void Refuse(const std::string& address, const std::string& why) {
  throw CLI::ValidationError(kOption, "'" + address + "' " + why);
}

std::string WithPort(std::string_view host, std::string_view port) {
  return std::string(host) + ":" + std::string(port);
}

// http://HOST:PORT/PATH: what is meant is most likely HOST:PORT.
void RefuseUrl(const std::string& address) {
  const std::size_t scheme_end = address.find("://");
  if (scheme_end == address.npos) return;
  const bool tls = address.starts_with("https") || address.starts_with("grpcs");
  std::string_view rest = std::string_view(address).substr(scheme_end + 3);
  const std::string host(rest.substr(0, rest.find('/')));
  const bool has_port = host.rfind(':') != host.npos && !host.ends_with(']');
  const std::string bare = has_port ? host : WithPort(host, tls ? "443" : kDefaultPort);
  Refuse(address, "is a URL; gRPC wants HOST:PORT: " + bare + (tls ? " with --tls" : ""));
}

bool IsPort(std::string_view text) {
  int port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 && port <= 65'535;
}

bool Says(const std::string& message, const char* part) {
  return message.find(part) != message.npos;
}

}  // namespace

void RequireAddress(const std::string& address) {
  if (HasScheme(address)) return;
  RefuseUrl(address);
  const std::size_t colon = address.rfind(':');
  if (address.starts_with('/')) Refuse(address, "is a path; write unix:" + address);
  // More than one colon without brackets is an IPv6 address alone.
  const bool bare_ipv6 = !address.starts_with('[') && address.find(':') != colon;
  if (bare_ipv6)
    Refuse(address, "has no port; write [" + address + "]:" + std::string(kDefaultPort));
  if (colon == address.npos || address.ends_with(']')) {
    if (address.empty()) Refuse(address, "is no address; write HOST:PORT or unix:PATH");
    Refuse(address, "has no port; write " + WithPort(address, kDefaultPort));
  }
  if (colon == 0) Refuse(address, "has no host; write 127.0.0.1" + address);
  if (!IsPort(std::string_view(address).substr(colon + 1))) {
    Refuse(address, "has no port from 1 to 65535 behind its colon; write " +
                        WithPort(address.substr(0, colon), kDefaultPort));
  }
}

std::string WhatElseIsThere(const std::string& address, const std::string& grpc_message) {
  if (Says(grpc_message, "http1.x")) {
    return "What answers at " + address +
           " speaks HTTP/1: it is no gateway, but perhaps the endpoint behind one, the emulator, "
           "or "
           "a proxy. Type the address that `scoregate serve` prints behind \"listening on\".\n";
  }
  if (Says(grpc_message, "DNS resolution failed")) {
    return "No host of that name is known here: " + address.substr(0, address.rfind(':')) +
           ". Type another one with --address HOST:PORT.\n";
  }
  return "";
}

}  // namespace scoregate::scorectl
