// What a client counts of its connections.
#pragma once

#include <cstdint>

namespace scoregate::upstream {

/// Counts since the client was made. Plain numbers: read them on the client's lane.
struct ClientStats {
  std::uint64_t connections_opened = 0;  ///< TCP, and TLS where it is due, were made.
  std::uint64_t connections_failed = 0;  ///< Attempts that led to no connection.
  std::uint64_t connections_reused = 0;  ///< Exchanges that began on a connection that was idle.
  std::uint64_t exchanges_retried = 0;   ///< Made again because a reused connection had closed.
  std::uint64_t tls_resumed = 0;         ///< Handshakes that an earlier session made cheap.
};

}  // namespace scoregate::upstream
