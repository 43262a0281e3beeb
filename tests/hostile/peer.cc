#include "tests/hostile/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <iterator>

namespace scoregate::hostile {
namespace {

constexpr std::size_t kHeadBytes = 9;
constexpr std::size_t kSettingBytes = 6;
// More in one call of the kernel would keep its core from all others for milliseconds, where the
// kernel does not stop inside a call: even from those that a background process has to give way to.
constexpr std::size_t kMostASend = std::size_t{64} * 1024;

std::uint32_t ReadNumber(std::string_view bytes) {
  std::uint32_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

int Connect(const std::string& address) {
  std::size_t colon = address.rfind(':');
  std::uint16_t port = 0;
  std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  sockaddr_in target{};
  target.sin_family = AF_INET;
  target.sin_port = htons(port);
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &target.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (connect(fd, reinterpret_cast<sockaddr*>(&target), sizeof(target)) != 0) {
    close(fd);
    return -1;
  }
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  linger none{1, 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
  return fd;
}

}  // namespace

Skimmer::Skimmer() {
  if (nghttp2_hd_inflate_new(&inflater_) != 0) std::abort();
}

Skimmer::~Skimmer() {
  nghttp2_hd_inflate_del(inflater_);
}

void Skimmer::Feed(std::string_view bytes) {
  std::string_view rest = bytes;
  if (!pending_.empty()) {
    pending_.append(bytes);
    rest = pending_;
  }
  while (rest.size() >= kHeadBytes) {
    std::size_t size = ReadNumber(rest.substr(0, 3));
    if (rest.size() < kHeadBytes + size) break;
    Take(static_cast<std::uint8_t>(rest[3]), static_cast<std::uint8_t>(rest[4]),
         ReadNumber(rest.substr(5, 4)), rest.substr(kHeadBytes, size));
    rest.remove_prefix(kHeadBytes + size);
  }
  pending_ = std::string(rest);
}

void Skimmer::Take(std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                   std::string_view payload) {
  switch (static_cast<rpc::FrameType>(type)) {
    case rpc::FrameType::kData:
      answers[stream].data_bytes += payload.size();
      answers[stream].ended = (flags & rpc::kEndStream) != 0;
      break;
    case rpc::FrameType::kHeaders:
      std::ranges::move(rpc::InflateBlock(inflater_, payload),
                        std::back_inserter(answers[stream].fields));
      answers[stream].ended = (flags & rpc::kEndStream) != 0;
      break;
    case rpc::FrameType::kReset:
      answers[stream].reset = ReadNumber(payload);
      break;
    case rpc::FrameType::kSettings:
      ++((flags & rpc::kAck) != 0 ? settings_acks : settings_frames);
      for (; payload.size() >= kSettingBytes; payload.remove_prefix(kSettingBytes)) {
        if (ReadNumber(payload.substr(0, 2)) == NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE) {
          first_window = ReadNumber(payload.substr(2, 4));
        }
      }
      break;
    case rpc::FrameType::kWindowUpdate:
      windows[stream] += ReadNumber(payload);
      break;
    case rpc::FrameType::kPing:
      if ((flags & rpc::kAck) != 0) ++ping_acks;
      break;
    case rpc::FrameType::kGoaway:
      goaway = ReadNumber(payload.substr(4, 4));
      break;
    default:
      break;
  }
}

Peer::Peer(const std::string& address) : fd_(Connect(address)), closed_(fd_ < 0) {}

Peer::~Peer() {
  if (fd_ >= 0) close(fd_);
}

bool Peer::Send(std::string_view bytes) {
  auto until = Clock::now() + kPatience;
  while (!bytes.empty() && !closed_) {
    ssize_t sent =
        send(fd_, bytes.data(), std::min(bytes.size(), kMostASend), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      if (reads_) ReadSome();
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) {
      // What the gateway said before it closed may still be there.
      while (ReadSome()) {
      }
      closed_ = true;
      return false;
    }
    pollfd fd{fd_, static_cast<short>(reads_ ? POLLIN | POLLOUT : POLLOUT), 0};
    auto left = std::chrono::duration_cast<Milliseconds>(until - Clock::now()).count();
    if (left <= 0 || poll(&fd, 1, static_cast<int>(left)) <= 0) return false;
    if ((fd.revents & POLLIN) != 0) ReadSome();
  }
  return !closed_;
}

bool Peer::WaitAndRead(Clock::time_point until) {
  pollfd fd{fd_, POLLIN, 0};
  auto left = std::chrono::duration_cast<Milliseconds>(until - Clock::now()).count() + 1;
  if (left <= 0 || poll(&fd, 1, static_cast<int>(left)) <= 0) return false;
  ReadSome();
  return true;
}

// Whether there was something.
bool Peer::ReadSome() {
  std::array<char, 32'768> buffer;
  ssize_t size = recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size > 0) {
    seen_.Feed({buffer.data(), static_cast<std::size_t>(size)});
    return true;
  }
  if (size == 0 || (errno != EAGAIN && errno != EINTR)) closed_ = true;
  return false;
}

bool Peer::ReadToEnd(Milliseconds patience) {
  ReadUntil([] { return false; }, patience);
  return closed_;
}

void Peer::Pause(Milliseconds time) {
  poll(nullptr, 0, static_cast<int>(time.count()));
}

void Peer::ShrinkReceiveBuffer() {
  int bytes = 4096;
  setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
}

std::string Peer::Ending() const {
  if (seen_.goaway) return std::string("GOAWAY ") + nghttp2_http2_strerror(*seen_.goaway);
  return closed_ ? "closed" : "open";
}

}  // namespace scoregate::hostile
