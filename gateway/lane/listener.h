// One listening socket, TCP or unix, whose connections are dealt out over the lanes.
#pragma once

#include <atomic>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/lane/lane.h"
#include "gateway/lane/task.h"

namespace scoregate::lane {

/// A connected stream socket of whatever family.
using StreamSocket =
    boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;

/// The process at the other end of a unix socket, when it connected.
struct PeerCredentials {
  std::uint32_t pid = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
};

/// An open file that is closed with this, unless it was released.
class Descriptor {
 public:
  explicit Descriptor(int file) : file_(file) {}
  Descriptor(Descriptor&& other) noexcept : file_(other.Release()) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();

  int get() const { return file_; }
  int Release() { return std::exchange(file_, -1); }

 private:
  int file_;
};

/// As the kernel knows them; nothing for a socket of TCP.
std::optional<PeerCredentials> CredentialsOf(StreamSocket& socket);

/// The permissions of a unix socket: read and write for our own user.
inline constexpr std::uint32_t kDefaultUnixMode = 0600;

/// How many connections may wait in the kernel for being accepted.
inline constexpr int kListenBacklog = 1024;
/// A connection of TCP on which nothing has come is not accepted for that long: who is silent costs
/// us nothing, and a connection's first bytes are there when it is taken over.
inline constexpr std::chrono::seconds kDeferAccept{1};
/// How much of what a caller sends may wait in the kernel: as much as an HTTP/2 connection of ours
/// lets come. Without a bound it is megabytes, and on the same machine whoever reads some of them
/// has the kernel take in as many more at once, for half a millisecond.
inline constexpr int kReceiveWindowBytes = 256 * 1024;
/// How many connections are accepted in one step of the loop: a thousand that come at once must not
/// keep the calls of the lane waiting.
inline constexpr int kAcceptsAStep = 8;
/// How long accepting pauses when the process is out of file descriptors or memory.
inline constexpr std::chrono::milliseconds kAcceptPause{100};

/// Listens at one address and deals connections out: one acceptor on one lane, because a set of
/// SO_REUSEPORT acceptors loses queued connections when one closes and does not work for unix
/// sockets.
///
///   auto listener = std::make_shared<Listener>(lanes);
///   if (auto error = listener->Open("127.0.0.1:0")) return error.message();
///   listener->Start([&](std::size_t lane, StreamSocket socket) {      // runs on that lane
///     sessions[lane]->Adopt(std::move(socket));
///   });
///   ... listener->Stop();
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  /// Takes over a new connection; runs on the lane of that index, whose loop the socket belongs to.
  using Deal = std::function<void(std::size_t lane, StreamSocket socket)>;

  /// Accepts on the first lane. The lanes must outlive the listener.
  explicit Listener(Lanes& lanes);
  ~Listener();

  /// Binds and listens. `address` is "127.0.0.1:50051", "[::1]:0", "0.0.0.0:0" or "unix:/path": no
  /// name is looked up. A unix socket that nobody listens on any more is replaced; the new one has
  /// the permissions `unix_mode` before anybody can connect. Errors are the system's, or
  /// invalid_argument for an address that cannot be read. Before Start; any thread.
  boost::system::error_code Open(std::string_view address,
                                 std::uint32_t unix_mode = kDefaultUnixMode);

  /// Listens on a socket that somebody else has bound and listens on, such as one that systemd
  /// passes. Takes ownership of it.
  boost::system::error_code Adopt(int socket);

  /// Where it listens, with the port that the system chose: "127.0.0.1:40123", "unix:/path".
  const std::string& address() const { return address_; }
  /// The TCP port; 0 for a unix socket.
  std::uint16_t port() const { return port_; }

  /// Begins to accept. Any thread, once.
  void Start(Deal deal);

  /// Closes the socket. Once it has returned, no Deal is begun any more (one may be running on
  /// another thread): connections that were accepted and not dealt out are closed. Any thread.
  void Stop();

 private:
  void Wait();
  bool SomebodyWaits();
  void AcceptSome();
  void PauseAccepting();
  void DealOut(int socket);
  void HandOver(std::size_t index, Descriptor accepted);

  Lanes& lanes_;
  std::atomic<bool> stopped_ = false;
  int family_ = 0;
  std::string address_;
  std::uint16_t port_ = 0;
  Deal deal_;
  // The descriptor is waited for only; accept4 takes the connections off it.
  StreamSocket socket_;
  Timer pause_;
};

}  // namespace scoregate::lane
