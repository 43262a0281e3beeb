// The emulator as a server: an acceptor and its connections on one event loop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "gateway/emulator/connection.h"
#include "gateway/http/result.h"

namespace scoregate::emulator {

struct Options {
  /// An IPv4 or IPv6 address, or "localhost".
  std::string host = "127.0.0.1";
  /// 0 takes a free one.
  std::uint16_t port = 0;
  /// The one key that is accepted; empty: any (see Application).
  std::string api_key;
  /// Beyond, a new connection is closed at once.
  std::size_t max_connections = 1024;
  ConnectionLimits limits;
};

/// A local scoring endpoint with a real small model, which raises every documented error on demand.
///
///     boost::asio::io_context context(1);
///     emulator::Server server(context, emulator::Options());
///     if (auto started = server.Start(); !started.ok()) …
///     context.run();
///
/// The context must outlive the server and be run by one thread at a time. Start belongs before
/// that thread, or in it; Stop may be called from any thread.
class Server {
 public:
  Server(boost::asio::io_context& context, Options options);
  /// Stops. What is in flight ends when the context runs on, or with the context.
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds the address and accepts from then on. The fault (kConnectFailed) says why it could not.
  http::Result<void> Start();

  /// Closes the acceptor and every connection. A call may be in flight: it gets no answer.
  void Stop();

  /// The port that was bound; 0 before Start.
  std::uint16_t port() const { return port_; }

  /// Host and port as a client writes them, such as "127.0.0.1:9000" or "[::1]:9000".
  const std::string& address() const { return address_; }

 private:
  class Listener;

  boost::asio::io_context& context_;
  std::shared_ptr<Listener> listener_;
  std::uint16_t port_ = 0;
  std::string address_;
};

}  // namespace scoregate::emulator
