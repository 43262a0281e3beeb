// What stands between OpenSSL and the socket: bytes that have come, and bytes that shall leave.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gateway/rpc/tls/openssl.h"

namespace scoregate::rpc {

/// The encrypted side of a connection. OpenSSL reads straight from the buffer that the socket
/// filled, and everything that it writes in one step leaves in one write.
struct EncryptedBytes {
  /// Not yet read by OpenSSL.
  std::span<const std::uint8_t> in;
  /// Not yet on its way.
  std::vector<std::uint8_t> out;
};

/// A BIO over `bytes`, which must outlive it. Reading from nothing asks for a retry; writing always
/// succeeds. Null where memory is out.
BIO* NewMemoryBio(EncryptedBytes* bytes);

}  // namespace scoregate::rpc
