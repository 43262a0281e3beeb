// What the gateway needs to know of itself, as values made of a checked GatewayConfig.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::config {

enum class AddressKind { kTcp, kUnix };

/// Where to listen.
struct ListenAddress {
  AddressKind kind = AddressKind::kTcp;
  std::string host;        ///< A name or an IP address without brackets; empty for kUnix.
  std::uint16_t port = 0;  ///< 0 takes a free one.
  std::string path;        ///< The socket's path; empty for kTcp.

  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// Whether only this machine can connect: a unix socket, 127.0.0.0/8, ::1 or `localhost`.
bool IsLocal(const ListenAddress& address);

/// HOST:PORT, [IPv6]:PORT or unix:PATH, as it is written in the file.
std::string ToString(const ListenAddress& address);

/// Nothing where the text is none of HOST:PORT, [IPv6]:PORT, unix:PATH.
std::optional<ListenAddress> ParseListenAddress(std::string_view text);

struct ServerSettings {
  std::uint64_t max_request_bytes = 4ull << 20;
  std::uint64_t max_response_bytes = 4ull << 20;
  std::uint32_t max_concurrent_streams = 100;
  std::uint64_t max_metadata_bytes = 16ull << 10;
  std::chrono::milliseconds drain_timeout{30'000};
};

struct ErrorSettings {
  std::string help_base_url;  ///< Empty for the default.
  bool allow_debug_info = false;
  bool allow_remote_error_reports = false;
};

/// The gateway apart from its endpoints.
struct GatewaySettings {
  std::vector<ListenAddress> listeners;
  std::optional<ListenAddress> admin;
  std::optional<ListenAddress> probes;
  /// 0: as many as affinity and cgroup quota allow.
  std::uint32_t lanes = 0;
  ServerSettings server;
  ErrorSettings errors;
};

}  // namespace scoregate::config
