// What OpenSSL needs to be a server's end.
#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "tests/support/scripted_server.h"

namespace scoregate::support {

struct FreeTls {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* connection) const { SSL_free(connection); }
};
using TlsContextPtr = std::unique_ptr<SSL_CTX, FreeTls>;

/// One context for all connections: a session of one can be taken up by the next.
TlsContextPtr MakeTlsContext(const ServerTls& tls);

}  // namespace scoregate::support
