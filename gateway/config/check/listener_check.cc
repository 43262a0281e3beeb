#include "gateway/config/check/listener_check.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "gateway/config/check/secret.h"

namespace scoregate::config {
namespace {

using scoring::config::v1::GatewayConfig;
using scoring::config::v1::Listener;
using scoring::config::v1::ListenerTls;
using scoring::config::v1::UnixSocket;

// Read and write for all: nothing executes a socket, and the further bits mean nothing on one.
constexpr std::uint32_t kMostMode = 0777;

std::optional<std::uint32_t> ParseMode(std::string_view text) {
  constexpr int kOctal = 8;
  std::uint32_t mode = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, kOctal);
  bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || text.size() < 3 || text.size() > 4 || mode > kMostMode) return std::nullopt;
  return mode;
}

// Names are not looked up: which of their addresses would be listened at?
bool IsListenable(const ListenAddress& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return address.kind == AddressKind::kUnix || address.host == "localhost" ||
         inet_pton(AF_INET, address.host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, address.host.c_str(), bytes.data()) == 1;
}

}  // namespace

std::vector<ListenerSettings> ListenerCheck::Take(const GatewayConfig& message) {
  if (message.listeners().empty()) {
    report_.Error("listeners", {"there is no listener",
                                "at least one, such as "
                                "{address: 127.0.0.1:50051}",
                                ""});
  }
  std::vector<ListenerSettings> listeners;
  for (int i = 0; i < message.listeners_size(); ++i) {
    const Listener& given = message.listeners(i);
    std::string path = Element("listeners", static_cast<std::size_t>(i));
    ListenerSettings listener;
    std::optional<ListenAddress> address = addresses_.Take(given.address(), Child(path, "address"));
    if (address) listener.address = *std::move(address);
    TakeOne(given, path, listener);
    listeners.push_back(std::move(listener));
  }
  return listeners;
}

void ListenerCheck::TakeOne(const Listener& given, const std::string& path,
                            ListenerSettings& listener) {
  std::string address_path = Child(path, "address");
  bool is_open = !IsLocal(listener.address) && !listener.address.host.empty();
  if (!IsListenable(listener.address) && !listener.address.host.empty()) {
    report_.Error(address_path, {"a name is not looked up to listen at it",
                                 "an IP address, such as 127.0.0.1 or 0.0.0.0, or localhost", ""});
  }
  if (listener.address.kind == AddressKind::kUnix) CheckDirectory(listener.address, address_path);
  if (given.has_tls()) listener.tls = TakeTls(given.tls(), Child(path, "tls"));
  if (given.has_unix_socket()) {
    TakeUnix(given.unix_socket(), Child(path, "unix_socket"), listener);
  }
  if (given.has_tls() && given.insecure_public()) {
    report_.Error(Child(path, "insecure_public"), {"the listener has tls, so this does nothing",
                                                   "insecure_public or tls, not both", ""});
  } else if (is_open && !given.has_tls() && !given.insecure_public()) {
    report_.Error(
        address_path,
        {"callers from other machines would connect in clear text",
         "tls: {cert_file: PATH, key_file: PATH} or insecure_public: true beside it", ""});
  } else if (is_open && !given.has_tls()) {
    report_.Warning(address_path, "callers from other machines connect in clear text");
  }
}

void ListenerCheck::CheckDirectory(const ListenAddress& address, const std::string& path) {
  std::string directory = std::filesystem::path(address.path).parent_path().string();
  if (directory.empty()) directory = ".";
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return;
  report_.Error(path, {"the directory " + directory + " of the socket is not there",
                       "one that is: mkdir -p " + directory, ""});
}

void ListenerCheck::TakeUnix(const UnixSocket& given, const std::string& path,
                             ListenerSettings& listener) {
  if (listener.address.kind != AddressKind::kUnix) {
    report_.Error(path, {"the listener's address is no unix socket", "address: unix:PATH", ""});
    return;
  }
  if (report_.Has(Child(path, "mode"))) {
    std::optional<std::uint32_t> mode = ParseMode(given.mode());
    if (mode) {
      listener.unix_mode = *mode;
    } else {
      report_.Error(Child(path, "mode"),
                    {"these are no permissions", "three or four octal digits, such as 0660", ""});
    }
  }
  listener.allowed_uids = {given.allowed_uids().begin(), given.allowed_uids().end()};
  listener.allowed_gids = {given.allowed_gids().begin(), given.allowed_gids().end()};
}

ListenerTlsSettings ListenerCheck::TakeTls(const ListenerTls& given, const std::string& path) {
  ListenerTlsSettings tls;
  tls.cert_file = given.cert_file();
  tls.key_file = given.key_file();
  tls.client_ca_file = given.client_ca_file();
  tls.allowed_sans = {given.allowed_sans().begin(), given.allowed_sans().end()};
  std::size_t errors = report_.errors();
  CheckFile(tls.cert_file, Child(path, "cert_file"));
  CheckFile(tls.key_file, Child(path, "key_file"));
  CheckCallers(given, path, tls);
  if (report_.errors() > errors || !input_.check_listener_tls) return tls;
  for (ListenerTlsMistake& mistake : input_.check_listener_tls(tls)) {
    report_.Error(Child(path, mistake.key), {std::move(mistake.text), "", ""});
  }
  return tls;
}

void ListenerCheck::CheckFile(const std::string& file, const std::string& path) {
  if (file.empty()) {
    report_.Error(path, {"there is no file", "a PEM file", ""});
  } else {
    CheckReadable(file, path, report_);
  }
}

void ListenerCheck::CheckCallers(const ListenerTls& given, const std::string& path,
                                 ListenerTlsSettings& tls) {
  const bool has_ca = !tls.client_ca_file.empty();
  tls.client_cert = has_ca ? ClientCert::kRequired : ClientCert::kNone;
  if (given.client_cert() == ListenerTls::NONE) tls.client_cert = ClientCert::kNone;
  if (given.client_cert() == ListenerTls::OPTIONAL) tls.client_cert = ClientCert::kOptional;
  if (given.client_cert() == ListenerTls::REQUIRED) tls.client_cert = ClientCert::kRequired;
  if (has_ca) CheckFile(tls.client_ca_file, Child(path, "client_ca_file"));
  if (tls.client_cert != ClientCert::kNone && !has_ca) {
    report_.Error(Child(path, "client_cert"),
                  {"callers' certificates cannot be checked", "client_ca_file beside it", ""});
  }
  if (tls.client_cert != ClientCert::kNone) return;
  if (has_ca) {
    report_.Error(Child(path, "client_cert"),
                  {"the authorities in client_ca_file are not used", "REQUIRED or OPTIONAL", ""});
  } else if (!tls.allowed_sans.empty()) {
    report_.Error(Child(path, "allowed_sans"),
                  {"callers show no certificate whose names could be checked",
                   "client_ca_file beside it", ""});
  }
}

}  // namespace scoregate::config
