// A TLS caller that speaks well or badly, as it is told.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/rpc/h2_peer.h"
#include "tests/support/certificates.h"

namespace scoregate::rpc {

/// A blocking socket that is connected to that port of the loopback interface.
int Connect(std::uint16_t port);

/// How a TLS caller shall behave.
struct Manner {
  int least = TLS1_2_VERSION;
  int most = TLS1_3_VERSION;
  std::string protocols = std::string("\x02h2");
  std::string ciphers;
  support::Identity own;
  SSL_SESSION* session = nullptr;
};

/// A blocking caller that trusts everybody.
class TlsCaller {
 public:
  explicit TlsCaller(std::uint16_t port, const Manner& manner = {});
  ~TlsCaller();
  TlsCaller(const TlsCaller&) = delete;
  TlsCaller& operator=(const TlsCaller&) = delete;

  bool Shake();
  bool Send(std::string_view bytes);
  /// Reads once. False at the end.
  bool Read();
  /// The alert that ended the last step; 0 where none did.
  static int Alert();

  SSL* ssl() { return ssl_; }
  int socket() const { return socket_; }
  SSL_SESSION* session() { return session_; }
  H2Reader& seen() { return reader_; }

 private:
  void UseIdentity(const support::Identity& own);

  SSL_CTX* context_;
  int socket_;
  SSL* ssl_ = nullptr;
  SSL_SESSION* session_ = nullptr;
  H2Reader reader_;
};

}  // namespace scoregate::rpc
