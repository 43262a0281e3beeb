#include "gateway/lane/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace scoregate::lane {
namespace {

using boost::asio::generic::stream_protocol;
using boost::system::error_code;

constexpr std::string_view kUnixPrefix = "unix:";

error_code LastError() {
  return {errno, boost::system::system_category()};
}

error_code Unreadable() {
  return make_error_code(boost::system::errc::invalid_argument);
}

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
};

std::optional<Address> ReadUnix(std::string_view path) {
  Address address;
  auto* unix_address = reinterpret_cast<sockaddr_un*>(&address.storage);
  if (path.empty() || path.size() >= sizeof(unix_address->sun_path)) return std::nullopt;
  unix_address->sun_family = AF_UNIX;
  std::memcpy(unix_address->sun_path, path.data(), path.size());
  address.size = sizeof(sockaddr_un);
  return address;
}

std::optional<Address> ReadTcp(std::string_view text) {
  std::size_t colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  std::uint16_t port = 0;
  std::string_view digits = text.substr(colon + 1);
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;

  Address address;
  std::string host(text.substr(0, colon));
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
  if (inet_pton(AF_INET, host.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    address.size = sizeof(sockaddr_in);
    return address;
  }
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') return std::nullopt;
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &v6->sin6_addr) != 1) {
    return std::nullopt;
  }
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(port);
  address.size = sizeof(sockaddr_in6);
  return address;
}

// A socket file outlives its process; one that nobody answers on is in the way of the next start.
void RemoveIfDead(Address& address) {
  const char* path = reinterpret_cast<sockaddr_un*>(&address.storage)->sun_path;
  struct stat status {};
  if (lstat(path, &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (probe < 0) return;
  if (::connect(probe, address.raw(), address.size) != 0 && errno == ECONNREFUSED) ::unlink(path);
  ::close(probe);
}

std::string Name(const Address& address, std::uint16_t& port) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.storage.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address.storage);
    port = ntohs(v4->sin_port);
    inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text));
    return std::string(text) + ":" + std::to_string(port);
  }
  if (address.storage.ss_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address.storage);
    port = ntohs(v6->sin6_port);
    inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
    return "[" + std::string(text) + "]:" + std::to_string(port);
  }
  const auto* unix_address = reinterpret_cast<const sockaddr_un*>(&address.storage);
  return std::string(kUnixPrefix) + unix_address->sun_path;
}

}  // namespace

std::optional<PeerCredentials> CredentialsOf(StreamSocket& socket) {
  int descriptor = socket.native_handle();
  int family = 0;
  socklen_t size = sizeof(family);
  if (getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size) != 0) return std::nullopt;
  if (family != AF_UNIX) return std::nullopt;
  ucred found{};
  size = sizeof(found);
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &found, &size) != 0) return std::nullopt;
  return PeerCredentials{static_cast<std::uint32_t>(found.pid), found.uid, found.gid};
}

Descriptor::~Descriptor() {
  if (file_ >= 0) ::close(file_);
}

Listener::Listener(Lanes& lanes)
    : lanes_(lanes), socket_(lanes[0].context()), pause_(lanes[0].executor()) {}

Listener::~Listener() = default;

error_code Listener::Open(std::string_view text, std::uint32_t unix_mode) {
  bool is_unix = text.starts_with(kUnixPrefix);
  std::optional<Address> address =
      is_unix ? ReadUnix(text.substr(kUnixPrefix.size())) : ReadTcp(text);
  if (!address) return Unreadable();
  if (is_unix) RemoveIfDead(*address);

  int socket = ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return LastError();
  int on = 1;
  if (!is_unix) setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  // The file is born as the descriptor's mode says, so no moment is open to others.
  if (is_unix) fchmod(socket, kDefaultUnixMode);
  std::string path(is_unix ? text.substr(kUnixPrefix.size()) : std::string_view());
  if (::bind(socket, address->raw(), address->size) != 0 ||
      (is_unix && ::chmod(path.c_str(), unix_mode) != 0) || ::listen(socket, kListenBacklog) != 0) {
    error_code error = LastError();
    ::close(socket);
    return error;
  }
  return Adopt(socket);
}

error_code Listener::Adopt(int socket) {
  Address address;
  address.size = sizeof(address.storage);
  if (::getsockname(socket, address.raw(), &address.size) != 0) return LastError();
  family_ = address.storage.ss_family;
  address_ = Name(address, port_);
  if (family_ != AF_UNIX) {
    // What is accepted inherits these. What leaves there has been gathered already.
    int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(socket, IPPROTO_TCP, TCP_WINDOW_CLAMP, &kReceiveWindowBytes,
               sizeof(kReceiveWindowBytes));
    // Where the system cannot do it, connections are accepted at once.
    auto seconds = static_cast<int>(kDeferAccept.count());
    setsockopt(socket, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof(seconds));
  }
  error_code error;
  socket_.assign(stream_protocol(family_, 0), socket, error);
  if (!error) socket_.native_non_blocking(true, error);
  return error;
}

void Listener::Start(Deal deal) {
  deal_ = std::move(deal);
  lanes_[0].Post([self = shared_from_this()] { self->Wait(); });
}

void Listener::Stop() {
  stopped_ = true;
  lanes_[0].Post([self = shared_from_this()] {
    error_code ignored;
    self->socket_.close(ignored);
    self->pause_.cancel();
  });
}

void Listener::Wait() {
  if (!socket_.is_open()) return;
  socket_.async_wait(StreamSocket::wait_read, [self = shared_from_this()](error_code error) {
    if (!error) self->AcceptSome();
  });
}

// To accept where nobody waits makes a socket all the same and costs the kernel ten times what
// asking first does.
bool Listener::SomebodyWaits() {
  pollfd listening{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
  return ::poll(&listening, 1, 0) > 0;
}

void Listener::AcceptSome() {
  for (int accepted = 0; socket_.is_open() && accepted < kAcceptsAStep; ++accepted) {
    if (accepted > 0 && !SomebodyWaits()) return Wait();
    int socket = ::accept4(socket_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket >= 0) {
      DealOut(socket);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return Wait();
    } else if (errno != ECONNABORTED && errno != EINTR && errno != EPROTO && errno != EPERM) {
      return PauseAccepting();  // out of descriptors or memory
    }
  }
  if (socket_.is_open()) lanes_[0].Post([self = shared_from_this()] { self->AcceptSome(); });
}

// The connection that cannot be accepted stays readable: without a pause this would be a busy loop.
void Listener::PauseAccepting() {
  pause_.expires_after(kAcceptPause);
  pause_.async_wait([self = shared_from_this()](error_code error) {
    if (!error) self->Wait();
  });
}

void Listener::DealOut(int socket) {
  std::size_t index = lanes_.LeastLoaded();
  if (index == 0) return HandOver(0, Descriptor(socket));
  // Those that are on their way count: the next one may come before the other lane runs.
  lanes_[index].AddLoad();
  lanes_[index].Post([self = shared_from_this(), index, accepted = Descriptor(socket)]() mutable {
    self->HandOver(index, std::move(accepted));
    self->lanes_[index].RemoveLoad();
  });
}

// The loop learns of the socket on its own thread: to be told by another one, of a socket that has
// something to read already, would wake it twice and make both wait for one lock.
void Listener::HandOver(std::size_t index, Descriptor accepted) {
  if (stopped_) return;
  StreamSocket connection(lanes_[index].context());
  error_code error;
  connection.assign(stream_protocol(family_, 0), accepted.get(), error);
  if (error) return;
  accepted.Release();
  deal_(index, std::move(connection));
}

}  // namespace scoregate::lane
