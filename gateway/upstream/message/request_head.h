// What stands before the body of a request on the wire.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/message.h"

namespace scoregate::upstream {

/// The value of the Host field: "example.net", "example.net:8080", "[::1]:9000". The port is left
/// out where it is the scheme's own.
std::string HostField(const endpoint::Address& address);

/// Host and port, always both, for sentences and for tunnels: "example.net:443", "[::1]:9000".
std::string HostAndPort(std::string_view host, std::uint16_t port);

/// Why this request cannot be written, as one sentence without any value of it; nothing where it
/// can. Line breaks and other control characters would let a caller write fields of its own.
std::optional<std::string> WhyUnwritable(const http::HttpRequest& request);

/// What a request through a forwarding proxy has beside its own; all empty for any other.
struct ViaProxy {
  std::string origin;  ///< "http://HOST:PORT", which stands before the target.
  std::string authorization;
};

/// The request line and the fields, with the empty line. Host, Content-Length, Connection and
/// Accept-Encoding are the client's: fields of the request by these names and other hop-by-hop
/// fields (RFC 9110, 7.6.1) are left out. User-Agent is ours where the request has none. There is
/// room for so many bytes behind the head.
std::string WriteRequestHead(const http::HttpRequest& request, std::string_view host_field,
                             const ViaProxy& via = {}, std::size_t room = 0);

/// The head of a request to a proxy for a tunnel to host and port.
std::string WriteTunnelHead(std::string_view host_and_port, std::string_view authorization);

}  // namespace scoregate::upstream
