// The server's end of a TLS connection as a Transport.
#pragma once

#include <memory>

#include "gateway/lane/listener.h"
#include "gateway/rpc/http2/transport.h"
#include "gateway/rpc/peer.h"
#include "gateway/rpc/tls/server_tls.h"

namespace scoregate::rpc {

/// Shakes hands with the first Read, which ends in an error where that fails: then the caller has
/// been told why by an alert. A Write before the handshake is done waits for it. There is no time
/// limit here: the sink closes a connection that is slow. Before the first byte arrives `peer` has
/// the names of the caller's certificate.
std::unique_ptr<Transport> MakeTlsTransport(lane::StreamSocket socket,
                                            std::shared_ptr<const ServerTls> tls,
                                            std::shared_ptr<Peer> peer);

}  // namespace scoregate::rpc
