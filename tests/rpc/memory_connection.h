// A session without a socket: bytes are handed to it in exactly the pieces that a test wants, and
// nothing happens between two lines of the test.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/lane/lane.h"
#include "gateway/rpc/http2/session.h"
#include "tests/rpc/echo_server.h"
#include "tests/rpc/h2_peer.h"

namespace scoregate::rpc {

/// One connection to the echo service in memory. Destroying it demands that nothing is left of the
/// session or its calls.
class MemoryConnection {
 public:
  explicit MemoryConnection(const Limits& limits = {}, const ConnectionPolicy& policy = {},
                            AnswerCompression compression = AnswerCompression::kAsRequest);
  ~MemoryConnection();

  /// Hands over the bytes in as few pieces as the session's buffer allows, and lets everything run
  /// that can run. What the session does not read is lost.
  void Send(std::string_view bytes);
  /// The same, a byte at a time.
  void SendBytewise(std::string_view bytes);
  /// The caller closes the connection.
  void Hangup();
  /// Runs what is due.
  void Run();
  /// Runs what is due within that time.
  void RunFor(std::chrono::milliseconds time);
  /// Lets time pass until `done`, 5 s at most.
  void RunUntil(const std::function<bool()>& done);
  /// Does something to the session, as its lane, and runs what is due then.
  void Run(std::function<void(Session&)> step);
  /// From here on the caller takes no bytes off the connection but these, of as many writes as that
  /// needs.
  void HoldWrites();
  void TakeWritten(std::size_t bytes);

  H2Reader& seen() { return reader_; }
  SeenStream& stream(std::uint32_t id) { return reader_.streams[id]; }
  Sightings& sightings() { return *sightings_; }
  bool session_lives() const { return !session_.expired(); }
  bool closed() const { return closed_; }
  /// Whether the session waits for more bytes.
  bool reads() const;
  /// Whether the server said that it will write no more.
  bool ended_writing() const;
  std::size_t writes() const;
  std::size_t calls() const {
    auto session = session_.lock();
    return session ? session->calls() : 0;
  }

 private:
  struct Wire;
  class WireTransport;

  std::shared_ptr<Sightings> sightings_ = std::make_shared<Sightings>();
  lane::Lane lane_;  // Never started: the test's thread runs it.
  std::shared_ptr<Wire> wire_;
  std::weak_ptr<Session> session_;
  H2Reader reader_;
  bool closed_ = false;
};

/// Windows that hold up nothing.
inline constexpr std::uint32_t kWideWindow = 100'000'000;
/// The caller's preface with such windows, and our limits with such ones.
std::string WidePreface();
Limits WideLimits();

}  // namespace scoregate::rpc
