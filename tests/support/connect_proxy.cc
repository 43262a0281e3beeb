#include "tests/support/connect_proxy.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace scoregate::support {
namespace {

sockaddr_in Loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

void WriteAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

// Passes on what is there; false at the end.
bool Pass(int from, int to) {
  std::array<char, 65536> buffer;
  ssize_t n = recv(from, buffer.data(), buffer.size(), 0);
  if (n <= 0) return false;
  WriteAll(to, {buffer.data(), static_cast<std::size_t>(n)});
  return true;
}

std::string ReadHead(int socket) {
  std::string head;
  char c = 0;
  while (!head.ends_with("\r\n\r\n") && recv(socket, &c, 1, 0) == 1) head += c;
  return head;
}

// The port of "CONNECT host:port HTTP/1.1".
std::uint16_t PortOf(const std::string& head) {
  std::size_t colon = head.find(':');
  return colon == head.npos ? 0 : static_cast<std::uint16_t>(std::atoi(head.c_str() + colon + 1));
}

}  // namespace

ConnectProxy::ConnectProxy(std::string authorization) : authorization_(std::move(authorization)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no listener");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Accept(); });
}

ConnectProxy::~ConnectProxy() {
  {
    std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  for (std::thread& thread : threads_) thread.join();
  for (int socket : sockets_) close(socket);
  close(listener_);
}

std::vector<std::string> ConnectProxy::requests() const {
  std::scoped_lock lock(mutex_);
  return requests_;
}

// Sockets are closed at the end only, so that none is shut down under a number used again.
void ConnectProxy::Keep(int socket) {
  std::scoped_lock lock(mutex_);
  sockets_.push_back(socket);
  if (stopping_) shutdown(socket, SHUT_RDWR);
}

void ConnectProxy::Accept() {
  for (;;) {
    int caller = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (caller < 0) return;
    Keep(caller);
    threads_.emplace_back([this, caller] { Serve(caller); });
  }
}

int ConnectProxy::OpenTunnel(int caller) {
  const std::string head = ReadHead(caller);
  {
    std::scoped_lock lock(mutex_);
    requests_.push_back(head);
  }
  const std::string credentials = "proxy-authorization: " + authorization_ + "\r\n";
  if (!authorization_.empty() && head.find(credentials) == head.npos) {
    WriteAll(caller, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    return -1;
  }
  int target = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Keep(target);
  sockaddr_in address = Loopback(PortOf(head));
  if (connect(target, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    WriteAll(caller, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    return -1;
  }
  WriteAll(caller, "HTTP/1.1 200 Connection Established\r\n\r\n");
  return target;
}

void ConnectProxy::Serve(int caller) {
  const int target = OpenTunnel(caller);
  std::array<pollfd, 2> ends{{{caller, POLLIN, 0}, {target, POLLIN, 0}}};
  bool open = target >= 0;
  while (open && poll(ends.data(), ends.size(), -1) > 0) {
    if (ends[0].revents != 0) open = Pass(caller, target);
    if (open && ends[1].revents != 0) open = Pass(target, caller);
  }
  shutdown(caller, SHUT_RDWR);
  if (target >= 0) shutdown(target, SHUT_RDWR);
}

}  // namespace scoregate::support
