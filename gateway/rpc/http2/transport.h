// A connected byte stream below a session: what TCP, unix sockets and TLS have in common.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "gateway/lane/listener.h"
#include "gateway/rpc/peer.h"

namespace scoregate::rpc {

/// What comes after the bytes of a write.
enum class Follows { kMore, kEnd };

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
  /// While no Write is under way: writes as much of that as can leave without waiting, and gives
  /// how much that was. What an EndWriting right after it says then leaves with the last byte.
  virtual std::size_t WriteNow(std::span<const std::uint8_t> bytes, Follows follows) = 0;
  /// Writes all bytes, which live until the sink is told.
  virtual void Write(std::span<const std::uint8_t> bytes, std::shared_ptr<Sink> sink) = 0;
  /// Says that nothing more will be written.
  virtual void EndWriting() = 0;
  /// Instead of a Read: waits until the connection is closed or broken by the other end and takes
  /// nothing off it, so that what still comes costs us nothing. Ends in OnRead with an error.
  virtual void WaitForEnd(std::shared_ptr<Sink> sink) = 0;
  /// Closes; what is under way ends with an error.
  virtual void Close() = 0;
};

/// A plain socket.
std::unique_ptr<Transport> MakeSocketTransport(lane::StreamSocket socket);

/// What WaitForEnd does on a socket.
void WaitForEnd(lane::StreamSocket& socket, std::shared_ptr<Transport::Sink> sink);

/// What the socket tells of its other end.
Peer PeerOf(lane::StreamSocket& socket);

}  // namespace scoregate::rpc
