// Who is at the other end of a connection: its address, the way it came in, and what it has proved
// of itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/lane/listener.h"
#include "gateway/rpc/tls/certificate_name.h"

namespace scoregate::rpc {

/// Who can connect to a listener.
enum class Reach { kThisMachine, kAnyMachine };

/// One caller's end of a connection. Fixed once the connection's first call begins.
struct Peer {
  /// "127.0.0.1:51234", "[::1]:51234", or "unix:" for a unix socket.
  std::string address;
  /// The process that connected to a unix socket, as the kernel knows it; nothing for TCP.
  std::optional<lane::PeerCredentials> credentials;
  /// Of the listener that it came in by.
  Reach listener = Reach::kAnyMachine;
  /// Whether the connection is encrypted.
  bool tls = false;
  /// The alternative names (DNS and URI) of the certificate that the caller proved to hold, in the
  /// certificate's order; empty where it showed none. Any UTF-8, so redact before printing.
  std::vector<CertificateName> names;
};

}  // namespace scoregate::rpc
