// A connected byte stream below a session: what TCP, unix sockets and TLS have in common.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "gateway/lane/listener.h"

namespace scoregate::rpc {

/// One byte stream. At most one Read and one Write are under way; both end in the sink, never
/// inside the call that began them. On one lane.
class Transport {
 public:
  /// Who reads and writes. Kept alive by what is under way.
  class Sink {
   public:
    virtual void OnRead(boost::system::error_code error, std::size_t size) = 0;
    virtual void OnWritten(boost::system::error_code error) = 0;

   protected:
    ~Sink() = default;
  };

  virtual ~Transport() = default;

  /// Reads some bytes into `buffer`, which lives until the sink is told.
  virtual void Read(std::span<std::uint8_t> buffer, std::shared_ptr<Sink> sink) = 0;
  /// Writes all bytes, which live until the sink is told.
  virtual void Write(std::span<const std::uint8_t> bytes, std::shared_ptr<Sink> sink) = 0;
  /// Says that nothing more will be written.
  virtual void EndWriting() = 0;
  /// Closes; what is under way ends with an error.
  virtual void Close() = 0;
};

/// A plain socket. Sets TCP_NODELAY where it is one of TCP.
std::unique_ptr<Transport> MakeSocketTransport(lane::StreamSocket socket);

/// "127.0.0.1:51234", "[::1]:51234" or "unix:".
std::string PeerName(const lane::StreamSocket& socket);

}  // namespace scoregate::rpc
