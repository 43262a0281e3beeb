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

enum class ClientCert { kNone, kOptional, kRequired };

/// TLS of one listener; paths of PEM files.
struct ListenerTlsSettings {
  std::string cert_file;
  std::string key_file;
  std::string client_ca_file;  ///< Empty for kNone.
  ClientCert client_cert = ClientCert::kNone;
  std::vector<std::string> allowed_sans;

  friend bool operator==(const ListenerTlsSettings&, const ListenerTlsSettings&) = default;
};

/// One place where callers connect, and which of them may.
struct ListenerSettings {
  ListenAddress address;
  std::optional<ListenerTlsSettings> tls;
  /// The permissions of a unix socket.
  std::uint32_t unix_mode = 0600;
  /// Both empty: everybody whom unix_mode lets in.
  std::vector<std::uint32_t> allowed_uids;
  std::vector<std::uint32_t> allowed_gids;
};

enum class CompressAnswers { kAsRequest, kWhereAccepted, kNever };

struct ServerSettings {
  std::uint64_t max_request_bytes = 4ull << 20;
  std::uint64_t max_response_bytes = 4ull << 20;
  std::uint32_t max_concurrent_streams = 100;
  std::uint64_t max_metadata_bytes = 16ull << 10;
  std::chrono::milliseconds drain_timeout{30'000};
  std::chrono::milliseconds handshake_timeout{10'000};
  std::optional<std::chrono::milliseconds> max_connection_age;
  std::chrono::milliseconds max_connection_age_grace{300'000};
  std::chrono::milliseconds max_connection_idle{3'600'000};
  std::chrono::milliseconds keepalive_interval{120'000};
  std::chrono::milliseconds keepalive_timeout{20'000};
  std::chrono::milliseconds min_ping_interval{300'000};
  bool allow_pings_without_calls = false;
  CompressAnswers compress_answers = CompressAnswers::kAsRequest;
  bool reflection = true;
};

/// What max_held_bytes has to be above the largest request: a message is held with its five bytes
/// and its place in a queue.
inline constexpr std::uint64_t kHeldBesideAMessage = 64;

/// What callers may make the gateway do and hold; see Callers in config.proto.
struct CallerSettings {
  std::uint32_t max_connections = 10'000;
  std::chrono::milliseconds request_timeout{30'000};
  std::chrono::milliseconds answer_timeout{60'000};
  std::uint64_t max_held_bytes = 64ull << 20;
  std::uint64_t answer_backlog_bytes = 512ull << 10;
  std::uint64_t max_answer_backlog_bytes = 64ull << 20;
  // Absent: what suits the memory that the process may have.
  std::optional<std::uint64_t> max_total_answer_backlog_bytes;
  std::optional<std::uint64_t> max_total_held_bytes;
  std::uint32_t max_resets = 200;
  std::uint32_t max_resets_per_second = 100;
  std::uint32_t max_overhead_bytes = 8u << 10;
  std::uint32_t max_overhead_bytes_per_second = 4u << 10;
};

struct ErrorSettings {
  std::string help_base_url;  ///< Empty for the default.
  bool allow_debug_info = false;
  bool allow_remote_error_reports = false;
};

/// The gateway apart from its endpoints.
struct GatewaySettings {
  std::vector<ListenerSettings> listeners;
  std::optional<ListenAddress> admin;
  std::optional<ListenAddress> probes;
  /// 0: as many as affinity and cgroup quota allow.
  std::uint32_t lanes = 0;
  ServerSettings server;
  ErrorSettings errors;
  CallerSettings callers;
};

}  // namespace scoregate::config
