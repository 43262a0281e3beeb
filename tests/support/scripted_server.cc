#include "tests/support/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "tests/support/server_tls.h"

namespace scoregate::support {
namespace {

// Far more than anything takes that a test waits for; a test that fails says so after this.
constexpr std::chrono::seconds kLongestWait{10};

int Listen(const std::string& address) {
  bool v6 = address.find(':') != address.npos;
  int listener = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_storage storage{};
  socklen_t size = 0;
  if (v6) {
    auto* in = reinterpret_cast<sockaddr_in6*>(&storage);
    in->sin6_family = AF_INET6;
    inet_pton(AF_INET6, address.c_str(), &in->sin6_addr);
    size = sizeof(*in);
  } else {
    auto* in = reinterpret_cast<sockaddr_in*>(&storage);
    in->sin_family = AF_INET;
    inet_pton(AF_INET, address.c_str(), &in->sin_addr);
    size = sizeof(*in);
  }
  constexpr int kBacklog = 64;
  if (bind(listener, reinterpret_cast<sockaddr*>(&storage), size) != 0 ||
      listen(listener, kBacklog) != 0) {
    close(listener);
    throw std::runtime_error("cannot listen on " + address + ": " + std::strerror(errno));
  }
  return listener;
}

std::uint16_t PortOf(int listener) {
  sockaddr_storage storage{};
  socklen_t size = sizeof(storage);
  getsockname(listener, reinterpret_cast<sockaddr*>(&storage), &size);
  // The port stands at the same place in both families.
  return ntohs(reinterpret_cast<sockaddr_in*>(&storage)->sin_port);
}

std::size_t ContentLength(std::string_view head) {
  constexpr std::string_view kName = "content-length: ";
  std::size_t at = head.find(kName);
  return at == head.npos ? 0 : std::stoul(std::string(head.substr(at + kName.size())));
}

}  // namespace

Script& Script::Add(Kind kind, std::size_t count, std::string bytes) {
  steps_.push_back(Step{kind, count, std::move(bytes)});
  return *this;
}

// One context for all connections: a session of one can be taken up by the next.
struct ScriptedServer::Tls {
  TlsContextPtr context;
};

// Plays one script on one connection, in a thread of its own.
class ScriptedServer::Player {
 public:
  Player(ScriptedServer& server, Record& record) : server_(server), record_(record) {}

  void Run(const Script& script) {
    bool begin_tls =
        server_.options_.tls && server_.options_.tls->begin == ServerTls::Begin::kAtOnce;
    bool good = !begin_tls || StartTls();
    for (const Script::Step& step : script.steps_) {
      good = good && Do(step);
    }
    if (good) WaitForClose();
  }

 private:
  bool Do(const Script::Step& step) {
    switch (step.kind) {
      case Script::Kind::kReadRequest:
        return ReadRequest();
      case Script::Kind::kReadHead:
        return ReadHead();
      case Script::Kind::kReadBytes:
        return ReadBytes(step.count);
      case Script::Kind::kWrite:
        return Write(step.bytes, step.count);
      case Script::Kind::kWriteForever:
        return WriteForever(step.bytes, std::chrono::milliseconds(step.count));
      case Script::Kind::kWriteRaw:
        return send(record_.socket, step.bytes.data(), step.bytes.size(), MSG_NOSIGNAL) > 0;
      case Script::Kind::kPause:
        return Pause();
      case Script::Kind::kWaitForClose:
        return WaitForClose();
      case Script::Kind::kStartTls:
        return StartTls();
      case Script::Kind::kHalfClose:
        return HalfClose();
      case Script::Kind::kClose:
        if (tls_) SSL_shutdown(tls_.get());
        return false;
      case Script::Kind::kDrop:
        return false;
      case Script::Kind::kReset:
        return Reset();
    }
    return false;
  }

  bool ReadRequest() {
    if (!ReadHead()) return false;
    std::size_t end = taken_;
    std::size_t length = ContentLength(std::string_view(all_).substr(0, end));
    while (all_.size() < end + length) {
      if (!ReadSome()) return false;
    }
    taken_ = end + length;
    return true;
  }

  bool ReadHead() {
    constexpr std::string_view kEnd = "\r\n\r\n";
    all_.erase(0, std::exchange(taken_, 0));
    while (all_.find(kEnd) == all_.npos) {
      if (!ReadSome()) return false;
    }
    taken_ = all_.find(kEnd) + kEnd.size();
    return true;
  }

  bool ReadBytes(std::size_t bytes) {
    while (all_.size() < taken_ + bytes) {
      if (!ReadSome()) return false;
    }
    taken_ += bytes;
    return true;
  }

  bool Write(std::string_view bytes, std::size_t piece) {
    if (piece == 0) return WriteAll(bytes);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      if (!WriteAll(bytes.substr(at, piece))) return false;
    }
    return true;
  }

  bool WriteForever(std::string_view bytes, std::chrono::milliseconds pause) {
    while (WriteAll(bytes)) {
      std::unique_lock lock(server_.mutex_);
      if (server_.changed_.wait_for(lock, pause, [&] { return server_.stopping_; })) break;
    }
    return false;
  }

  bool Pause() {
    std::unique_lock lock(server_.mutex_);
    ++record_.pauses;
    server_.changed_.notify_all();
    server_.changed_.wait(lock, [&] { return server_.resumes_ > 0 || server_.stopping_; });
    if (server_.stopping_) return false;
    --server_.resumes_;
    return true;
  }

  bool WaitForClose() {
    while (ReadSome()) {
    }
    return false;
  }

  bool HalfClose() {
    if (tls_) SSL_shutdown(tls_.get());
    return shutdown(record_.socket, SHUT_WR) == 0;
  }

  bool Reset() {
    linger off{.l_onoff = 1, .l_linger = 0};
    setsockopt(record_.socket, SOL_SOCKET, SO_LINGER, &off, sizeof(off));
    return false;
  }

  bool StartTls() {
    tls_.reset(SSL_new(server_.tls_->context.get()));
    SSL_set_fd(tls_.get(), record_.socket);
    if (SSL_accept(tls_.get()) != 1) {
      DrainRefused();
      return false;
    }
    std::scoped_lock lock(server_.mutex_);
    record_.resumed = SSL_session_reused(tls_.get()) == 1;
    return true;
  }

  // Closing with bytes unread would reset the connection and may take our alert with it.
  void DrainRefused() {
    shutdown(record_.socket, SHUT_WR);
    std::array<char, 4096> dropped;
    while (recv(record_.socket, dropped.data(), dropped.size(), 0) > 0) {
    }
  }

  bool ReadSome() {
    std::array<char, 16384> buffer;
    ssize_t got = tls_ ? SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()))
                       : recv(record_.socket, buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
    all_.append(bytes);
    std::scoped_lock lock(server_.mutex_);
    record_.received.append(bytes);
    server_.changed_.notify_all();
    return true;
  }

  bool WriteAll(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                          : send(record_.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  ScriptedServer& server_;
  Record& record_;
  std::unique_ptr<SSL, FreeTls> tls_;
  std::string all_;
  std::size_t taken_ = 0;
};

ScriptedServer::ScriptedServer(std::vector<Script> scripts)
    : ScriptedServer(std::move(scripts), Options()) {}

ScriptedServer::ScriptedServer(std::vector<Script> scripts, Options options)
    : scripts_(std::move(scripts)), options_(std::move(options)), tls_(std::make_unique<Tls>()) {
  if (options_.tls) tls_->context = MakeTlsContext(*options_.tls);
  if (scripts_.empty()) throw std::invalid_argument("a server needs a script");
  listener_ = Listen(options_.address);
  port_ = PortOf(listener_);
  stop_event_ = eventfd(0, EFD_CLOEXEC);
  accepting_ = std::thread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  {
    std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const auto& record : records_) {
      if (!record->ended) shutdown(record->socket, SHUT_RDWR);
    }
    changed_.notify_all();
  }
  eventfd_write(stop_event_, 1);
  accepting_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
  close(stop_event_);
}

void ScriptedServer::Accept() {
  std::array<pollfd, 2> waits = {pollfd{listener_, POLLIN, 0}, pollfd{stop_event_, POLLIN, 0}};
  while (poll(waits.data(), waits.size(), -1) >= 0 && waits[1].revents == 0) {
    int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    std::scoped_lock lock(mutex_);
    if (stopping_) {
      close(socket);
      return;
    }
    std::size_t index = records_.size();
    records_.push_back(std::make_unique<Record>());
    records_.back()->socket = socket;
    threads_.emplace_back([this, index, socket] { Play(index, socket); });
    changed_.notify_all();
  }
}

void ScriptedServer::Play(std::size_t index, int socket) {
  // OpenSSL writes without MSG_NOSIGNAL. Blocked here alone, so that a signal that the code under
  // test raises is still seen.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  Record* record = nullptr;
  {
    std::scoped_lock lock(mutex_);
    record = records_[index].get();
  }
  {
    Player player(*this, *record);
    player.Run(scripts_[std::min(index, scripts_.size() - 1)]);
  }
  std::scoped_lock lock(mutex_);
  record->ended = true;
  close(socket);
  changed_.notify_all();
}

void ScriptedServer::Resume() {
  std::scoped_lock lock(mutex_);
  ++resumes_;
  changed_.notify_all();
}

std::size_t ScriptedServer::connections() const {
  std::scoped_lock lock(mutex_);
  return records_.size();
}

std::string ScriptedServer::received(std::size_t connection) const {
  std::scoped_lock lock(mutex_);
  return connection < records_.size() ? records_[connection]->received : std::string();
}

std::size_t ScriptedServer::pauses(std::size_t connection) const {
  std::scoped_lock lock(mutex_);
  return connection < records_.size() ? records_[connection]->pauses : 0;
}

bool ScriptedServer::resumed(std::size_t connection) const {
  std::scoped_lock lock(mutex_);
  return connection < records_.size() && records_[connection]->resumed;
}

bool ScriptedServer::WaitForConnections(std::size_t count) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kLongestWait, [&] { return records_.size() >= count; });
}

bool ScriptedServer::WaitForPause(std::size_t connection, std::size_t pause) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kLongestWait, [&] {
    return connection < records_.size() && records_[connection]->pauses >= pause;
  });
}

bool ScriptedServer::WaitForBytes(std::size_t connection, std::size_t bytes) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kLongestWait, [&] {
    return connection < records_.size() && records_[connection]->received.size() >= bytes;
  });
}

bool ScriptedServer::WaitForEnd(std::size_t connection) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kLongestWait, [&] {
    return connection < records_.size() && records_[connection]->ended;
  });
}

}  // namespace scoregate::support
