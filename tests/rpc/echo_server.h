// A server of the echo service on loopback, and what its handlers and observers saw.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/lane/listener.h"
#include "gateway/rpc/sessions.h"

namespace scoregate::rpc {

/// The trailer x-long-bin of ACTION_FAIL: longer than what nghttp2 is given to code.
inline constexpr std::size_t kLongTrailerBytes = 400;

/// What was reported of one call.
struct SeenEnd {
  std::string path;
  std::string grpc_status;
  std::size_t request_bytes = 0;
  std::size_t response_bytes = 0;
};

/// Counts that a test can wait for. Any thread.
class Sightings {
 public:
  void Add(SeenEnd end);
  void AddStarted();
  void AddUnwound();

  /// Each waits until there are that many, and gives false after a time that only a hang takes.
  bool WaitForEnds(std::size_t count);
  /// Handlers that began to hang.
  bool WaitForStarted(std::size_t count);
  /// Handlers that hung and whose frames are gone.
  bool WaitForUnwound(std::size_t count);
  std::vector<SeenEnd> ends();
  std::size_t started();
  std::size_t unwound();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<SeenEnd> ends_;
  std::size_t started_ = 0;
  std::size_t unwound_ = 0;
};

/// How rpc's own failures are written here: the number by kind, the text as message.
Metadata WriteTestFailure(const http::Fault& fault, const CallView& call);

/// The echo service.
Router MakeEchoRouter(const std::shared_ptr<Sightings>& seen);

/// What EchoServer gives its sessions.
SessionsOptions MakeEchoOptions(const std::shared_ptr<Sightings>& seen, const Limits& limits);

/// Two lanes, a listener on a free port. Stops when destroyed, after which nothing is left.
class EchoServer {
 public:
  explicit EchoServer(Limits limits = {}, const std::string& address = "127.0.0.1:0",
                      std::size_t lanes = 2, std::shared_ptr<const ServerTls> tls = nullptr,
                      const ConnectionPolicy& policy = {});
  ~EchoServer();

  std::uint16_t port() const { return listener_->port(); }
  /// For grpc++: "127.0.0.1:40123" or "unix:/path".
  const std::string& address() const { return listener_->address(); }
  Sightings& seen() { return *seen_; }
  /// For connections that are accepted from now on. Any thread.
  void SetTls(std::shared_ptr<const ServerTls> tls);

  /// Drains all lanes and waits. True where nothing had to be cut.
  bool Drain(std::chrono::milliseconds timeout);
  std::size_t connections();
  std::vector<std::size_t> connections_by_lane();
  std::size_t calls();

 private:
  std::shared_ptr<const ServerTls> Tls();

  std::shared_ptr<Sightings> seen_ = std::make_shared<Sightings>();
  lane::Lanes lanes_;
  std::vector<std::unique_ptr<Sessions>> sessions_;
  std::shared_ptr<lane::Listener> listener_;
  std::mutex tls_mutex_;
  std::shared_ptr<const ServerTls> tls_;
};

}  // namespace scoregate::rpc
