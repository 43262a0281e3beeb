#include "tests/support/fault_proxy.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <string>
#include <string_view>

namespace scoregate::support {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// What waits inside; beyond it the sender has to wait. A toxic is not to be a limit of its own.
constexpr std::size_t kMaxQueuedBytes = 256u << 10;
constexpr std::size_t kMaxQueuedByAToxicBytes = 32u << 20;
constexpr std::size_t kReadBytes = 64u << 10;
// The kernel is to hold little, so that toxics find something to hurt.
constexpr int kSendBufferBytes = 32 << 10;
// How finely a bandwidth is dealt out.
constexpr milliseconds kGrain{10};
constexpr std::chrono::seconds kLongestWait{10};

sockaddr_in Loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void Ready(int socket) {
  int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &kSendBufferBytes, sizeof(kSendBufferBytes));
}

int ConnectTo(std::uint16_t port) {
  int connected = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(port);
  if (connect(connected, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    close(connected);
    return -1;
  }
  Ready(connected);
  return connected;
}

// Nothing goes through any more.
bool HoldsAll(ToxicKind kind) {
  return kind == ToxicKind::kTimeout || kind == ToxicKind::kResetPeer;
}

bool WouldBlock() {
  return errno == EAGAIN || errno == EWOULDBLOCK;
}

}  // namespace

// One direction of a connection.
struct FaultProxy::Pipe {
  struct Piece {
    Clock::time_point due;
    std::string bytes;
  };

  int from = -1;
  int to = -1;
  std::deque<Piece> queue = {};
  std::size_t queued = 0;
  Clock::time_point last_due = {};
  std::optional<Clock::time_point> end_due = {};  ///< When the end that was read is passed on.
  bool ended = false;
  std::size_t left = std::string::npos;  ///< Bytes that may still go through.

  bool WantsBytes(const Toxic* toxic) const {
    if (end_due || (toxic != nullptr && HoldsAll(toxic->kind))) return false;
    return queued < (toxic != nullptr ? kMaxQueuedByAToxicBytes : kMaxQueuedBytes);
  }

  // Splits what was read as the toxic says; each piece is due after the one before.
  void Take(std::string_view bytes, const Toxic* toxic, Clock::time_point now) {
    std::size_t most = bytes.size();
    milliseconds gap{0};
    milliseconds delay{0};
    if (toxic != nullptr && toxic->kind == ToxicKind::kLatency) delay = toxic->time;
    if (toxic != nullptr && toxic->kind == ToxicKind::kSlicer) {
      most = toxic->bytes;
      gap = toxic->time;
    }
    if (toxic != nullptr && toxic->kind == ToxicKind::kBandwidth) {
      most = std::max<std::size_t>(1, toxic->bytes / (std::chrono::seconds(1) / kGrain));
      gap = kGrain;
    }
    for (std::size_t at = 0; at < bytes.size(); at += most) {
      last_due = std::max(last_due + gap, now + delay);
      queue.push_back({last_due, std::string(bytes.substr(at, most))});
    }
    queued += bytes.size();
  }

  // False where the connection is broken.
  bool Read(const Toxic* toxic, Clock::time_point now) {
    std::array<char, kReadBytes> buffer;
    ssize_t got = recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0) return WouldBlock();
    if (got == 0) {
      bool slow = toxic != nullptr && toxic->kind == ToxicKind::kSlowClose;
      end_due = std::max(last_due, now) + (slow ? toxic->time : milliseconds(0));
      return true;
    }
    Take({buffer.data(), static_cast<std::size_t>(got)}, toxic, now);
    return true;
  }

  // Passes on what is due. False where the connection is broken or its bytes are used up.
  bool Write(Clock::time_point now) {
    while (!queue.empty() && queue.front().due <= now) {
      std::string& bytes = queue.front().bytes;
      std::size_t allowed = std::min(bytes.size(), left);
      ssize_t sent = send(to, bytes.data(), allowed, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent < 0) return WouldBlock();
      auto count = static_cast<std::size_t>(sent);
      queued -= count;
      if (left != std::string::npos) left -= count;
      bytes.erase(0, count);
      if (left == 0) return false;
      if (bytes.empty()) queue.pop_front();
    }
    if (queue.empty() && end_due && *end_due <= now && !ended) {
      ended = true;
      shutdown(to, SHUT_WR);
    }
    return true;
  }

  bool IsEmpty() const {
    int waiting = 0;
    ioctl(from, FIONREAD, &waiting);
    return queue.empty() && waiting == 0;
  }

  Clock::time_point NextDue(Clock::time_point latest) const {
    if (!queue.empty()) latest = std::min(latest, queue.front().due);
    if (end_due && !ended) latest = std::min(latest, *end_due);
    return latest;
  }
};

// One connection of a client and the one to the server that belongs to it.
struct FaultProxy::Link {
  Link(int client, int server)
      : request{.from = client, .to = server}, answer{.from = server, .to = client} {}
  ~Link() {
    close(request.from);
    close(request.to);
  }

  Pipe& Hurt(const Toxic& toxic) { return toxic.flow == Flow::kRequest ? request : answer; }
  // The toxic that hurts a pipe; null where none does.
  const Toxic* ToxicOf(const Pipe& pipe, const std::optional<Toxic>& toxic) {
    return toxic && &pipe == &Hurt(*toxic) ? &*toxic : nullptr;
  }

  void Apply(const Toxic& toxic, Clock::time_point now) {
    if (toxic.kind == ToxicKind::kLimitData) Hurt(toxic).left = toxic.bytes;
    if (toxic.kind == ToxicKind::kTimeout) closed_at = now + toxic.time;
    if (toxic.kind == ToxicKind::kResetPeer) reset_at = now + toxic.time;
  }

  void SetToReset() {
    linger hard{.l_onoff = 1, .l_linger = 0};
    setsockopt(request.from, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
  }

  // False where it has ended.
  bool Serve(const std::optional<Toxic>& toxic, Clock::time_point now) {
    if (reset_at && *reset_at <= now) {
      SetToReset();
      return false;
    }
    if (closed_at && *closed_at <= now) return false;
    for (Pipe* pipe : {&request, &answer}) {
      const Toxic* hurt = ToxicOf(*pipe, toxic);
      bool good = true;
      if (pipe->WantsBytes(hurt)) good = pipe->Read(hurt, now);
      if (!good || !pipe->Write(now)) return false;
    }
    return !(request.ended && answer.ended);
  }

  Clock::time_point NextDue(Clock::time_point latest) const {
    if (closed_at) latest = std::min(latest, *closed_at);
    if (reset_at) latest = std::min(latest, *reset_at);
    return request.NextDue(answer.NextDue(latest));
  }

  Pipe request;
  Pipe answer;
  std::optional<Clock::time_point> closed_at;
  std::optional<Clock::time_point> reset_at;
};

FaultProxy::FaultProxy(std::uint16_t server_port) : server_port_(server_port) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  constexpr int kBacklog = 16;
  bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  listen(listener_, kBacklog);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  wake_event_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  thread_ = std::thread([this] { Run(); });
}

FaultProxy::~FaultProxy() {
  {
    std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  Wake();
  thread_.join();
  CloseListener();
  close(wake_event_);
}

void FaultProxy::Wake() {
  eventfd_write(wake_event_, 1);
}

void FaultProxy::CloseListener() {
  if (listener_ >= 0) close(listener_);
  listener_ = -1;
}

void FaultProxy::Add(const Toxic& toxic) {
  std::unique_lock lock(mutex_);
  toxic_ = toxic;
  applied_ = false;
  Wake();
  changed_.wait_for(lock, kLongestWait, [&] { return applied_; });
}

// On the thread of the loop: a socket that is waited for does not close.
void FaultProxy::Apply() {
  applied_ = true;
  if (!toxic_) return;
  if (toxic_->kind == ToxicKind::kDown) {
    CloseListener();
    links_.clear();
  }
  for (const auto& link : links_) link->Apply(*toxic_, Clock::now());
}

void FaultProxy::Settle() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kLongestWait, [&] {
    return std::ranges::all_of(links_, [](const auto& link) { return link->answer.IsEmpty(); });
  });
}

void FaultProxy::Accept() {
  int client = listener_ < 0 ? -1 : accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  Ready(client);
  int server = ConnectTo(server_port_);
  if (server < 0) {
    close(client);
    return;
  }
  links_.push_back(std::make_unique<Link>(client, server));
  if (toxic_) links_.back()->Apply(*toxic_, Clock::now());
}

void FaultProxy::ServeLinks() {
  Clock::time_point now = Clock::now();
  std::erase_if(links_, [&](const auto& link) { return !link->Serve(toxic_, now); });
}

// Sleeps until a socket has something, or something is due. Negative where poll failed.
int FaultProxy::WaitForWork() {
  std::vector<pollfd> waits;
  Clock::time_point due = Clock::now() + kLongestWait;
  {
    std::scoped_lock lock(mutex_);
    waits.push_back({wake_event_, POLLIN, 0});
    if (listener_ >= 0) waits.push_back({listener_, POLLIN, 0});
    for (const auto& link : links_) {
      due = link->NextDue(due);
      for (const Pipe* pipe : {&link->request, &link->answer}) {
        bool wants = pipe->WantsBytes(link->ToxicOf(*pipe, toxic_));
        if (wants) waits.push_back({pipe->from, POLLIN, 0});
        bool is_due = !pipe->queue.empty() && pipe->queue.front().due <= Clock::now();
        if (is_due) waits.push_back({pipe->to, POLLOUT, 0});
        // What is due and cannot be written is waited for by its socket, not by the clock.
        if (is_due) due = std::max(due, Clock::now() + kGrain);
      }
    }
  }
  auto wait = std::chrono::ceil<milliseconds>(due - Clock::now());
  return poll(waits.data(), waits.size(), std::max(0, static_cast<int>(wait.count())));
}

void FaultProxy::Run() {
  while (WaitForWork() >= 0) {
    std::scoped_lock lock(mutex_);
    if (stopping_) break;
    eventfd_t woken = 0;
    eventfd_read(wake_event_, &woken);
    if (!applied_) Apply();
    Accept();
    ServeLinks();
    changed_.notify_all();
  }
  std::scoped_lock lock(mutex_);
  links_.clear();
}

}  // namespace scoregate::support
