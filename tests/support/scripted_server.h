// A server on a loopback port that does with each connection what its script says, byte by byte.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/certificates.h"

namespace scoregate::support {

/// What to do with one connection, step by step. A script that ends without Close or Reset goes on
/// reading until the peer closes.
///
///   Script().ReadRequest().Write("HTTP/1.1 204 No Content\r\n\r\n").Close()
class Script {
 public:
  /// Reads a head, and the body that its Content-Length announces.
  Script& ReadRequest() { return Add(Kind::kReadRequest); }
  /// Reads until the empty line, and what came with it.
  Script& ReadHead() { return Add(Kind::kReadHead); }
  /// Reads at least so many bytes.
  Script& ReadBytes(std::size_t bytes) { return Add(Kind::kReadBytes, bytes); }
  Script& Write(std::string bytes) { return Add(Kind::kWrite, 0, std::move(bytes)); }
  /// Writes so many bytes at a time, each a segment of its own.
  Script& WriteInPieces(std::string bytes, std::size_t piece) {
    return Add(Kind::kWrite, piece, std::move(bytes));
  }
  /// Writes the same again and again until the peer closes, with a pause after each.
  Script& WriteForever(std::string bytes, std::chrono::milliseconds pause) {
    return Add(Kind::kWriteForever, static_cast<std::size_t>(pause.count()), std::move(bytes));
  }
  /// Writes past TLS, as somebody between the two would.
  Script& WriteRaw(std::string bytes) { return Add(Kind::kWriteRaw, 0, std::move(bytes)); }
  /// Waits for one ScriptedServer::Resume.
  Script& Pause() { return Add(Kind::kPause); }
  /// Reads until the peer closes.
  Script& WaitForClose() { return Add(Kind::kWaitForClose); }
  /// Makes a TLS handshake as the server's identity says; for connections that begin plain.
  Script& StartTls() { return Add(Kind::kStartTls); }
  /// Closes the sending side only.
  Script& HalfClose() { return Add(Kind::kHalfClose); }
  Script& Close() { return Add(Kind::kClose); }
  /// Closes TCP without the end that TLS has.
  Script& Drop() { return Add(Kind::kDrop); }
  /// Closes with a TCP reset.
  Script& Reset() { return Add(Kind::kReset); }

 private:
  friend class ScriptedServer;
  enum class Kind {
    kReadRequest,
    kReadHead,
    kReadBytes,
    kWrite,
    kWriteForever,
    kWriteRaw,
    kPause,
    kWaitForClose,
    kStartTls,
    kHalfClose,
    kClose,
    kDrop,
    kReset
  };
  struct Step {
    Kind kind;
    std::size_t count;  ///< Bytes, bytes a piece (0 for one piece), or milliseconds.
    std::string bytes;
  };

  Script& Add(Kind kind, std::size_t count = 0, std::string bytes = {});

  std::vector<Step> steps_;
};

/// How the server speaks TLS.
struct ServerTls {
  enum class Begin { kAtOnce, kWhenTheScriptSays };
  Identity identity;
  std::string client_authority;  ///< PEM; where set, clients must show a certificate of it.
  Begin begin = Begin::kAtOnce;
};

/// Connection i plays script i, and those after the last script the last one. Each has a thread.
/// Waits are bounded: what did not happen in time is reported as false.
class ScriptedServer {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    std::optional<ServerTls> tls;
  };

  explicit ScriptedServer(std::vector<Script> scripts);
  ScriptedServer(std::vector<Script> scripts, Options options);
  /// Ends every connection and thread.
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const { return port_; }

  /// Lets one Pause go on, now or when it is reached.
  void Resume();

  std::size_t connections() const;
  /// What a connection has sent so far, decrypted.
  std::string received(std::size_t connection) const;
  /// How many times a connection's script has come to a Pause.
  std::size_t pauses(std::size_t connection) const;
  bool WaitForConnections(std::size_t count) const;
  /// Waits until a script has come to its Pause of that number, counted from 1.
  bool WaitForPause(std::size_t connection, std::size_t pause) const;
  bool WaitForBytes(std::size_t connection, std::size_t bytes) const;
  /// Waits until a script and its connection have ended.
  bool WaitForEnd(std::size_t connection) const;
  /// Whether a connection's handshake took up an earlier session.
  bool resumed(std::size_t connection) const;

 private:
  class Player;
  struct Tls;
  struct Record {
    std::string received;
    std::size_t pauses = 0;
    bool ended = false;
    bool resumed = false;
    int socket = -1;
  };

  void Accept();
  void Play(std::size_t index, int socket);

  const std::vector<Script> scripts_;
  const Options options_;
  const std::unique_ptr<Tls> tls_;
  int listener_ = -1;
  int stop_event_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<std::unique_ptr<Record>> records_;
  std::size_t resumes_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
  std::thread accepting_;
};

}  // namespace scoregate::support
