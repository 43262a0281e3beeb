#include "tests/e2e/held_upstream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace scoregate::e2e {
namespace {

constexpr int kLongestWaitMs = 20'000;

void WaitReadable(int fd, const char* what) {
  pollfd entry{fd, POLLIN, 0};
  if (poll(&entry, 1, kLongestWaitMs) <= 0) throw std::runtime_error(what);
}

// Whether the head is complete and the body as long as Content-Length says.
bool IsWhole(const std::string& request) {
  std::size_t head_end = request.find("\r\n\r\n");
  if (head_end == request.npos) return false;
  std::size_t length = request.find("content-length: ");
  if (length == request.npos || length > head_end) return true;
  return request.size() - head_end - 4 >= std::stoul(request.substr(length + 16));
}

}  // namespace

HeldUpstream::HeldUpstream() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 1) != 0 ||
      getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no listener");
  }
  port_ = ntohs(address.sin_port);
}

HeldUpstream::~HeldUpstream() {
  if (connection_ >= 0) close(connection_);
  close(listener_);
}

std::string HeldUpstream::Endpoint() const {
  std::string url = "  dialect: CLASSIC\n  url: http://127.0.0.1:" + std::to_string(port_) +
                    "/workspaces/ws/services/held\n";
  return "- name: held\n" + url + "  api_key: {env: E2E_KEY}\n- name: held_two_keys\n" + url +
         "  api_key: [{env: E2E_WRONG_KEY}, {env: E2E_KEY}]\n";
}

std::string HeldUpstream::WaitForRequest() {
  WaitReadable(listener_, "no connection came");
  connection_ = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  std::string request;
  std::array<char, 4096> buffer;
  while (!IsWhole(request)) {
    WaitReadable(connection_, "the request did not come");
    ssize_t n = read(connection_, buffer.data(), buffer.size());
    if (n <= 0) throw std::runtime_error("the connection closed inside the request");
    request.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return request;
}

void HeldUpstream::Answer(const std::string& bytes) {
  if (write(connection_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("the answer was not taken");
  }
}

void HeldUpstream::Close() {
  close(connection_);
  connection_ = -1;
}

void HeldUpstream::WaitForClose() {
  std::array<char, 4096> buffer;
  do {
    WaitReadable(connection_, "the connection stayed open");
  } while (read(connection_, buffer.data(), buffer.size()) > 0);
}

}  // namespace scoregate::e2e
