// One connection of a caller: reads requests, delivers answers, one after the other.
#pragma once

#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/emulator/answer.h"
#include "gateway/emulator/application.h"
#include "gateway/lane/task.h"

namespace scoregate::emulator {

/// What a peer may send, and how long it may take.
struct ConnectionLimits {
  /// Request line and fields together. Beyond: 431.
  std::uint32_t header_bytes = 16 * 1024;
  /// Beyond: 413.
  std::uint64_t body_bytes = std::uint64_t{16} * 1024 * 1024;
  /// Between two requests, and for each read or write of one.
  std::chrono::milliseconds idle = std::chrono::seconds(60);
};

/// Survives whatever the peer sends: what is not HTTP is answered 400 and the connection closed.
/// Belongs to the thread of its executor, and must live until Run has returned.
class Connection {
 public:
  Connection(lane::TcpSocket socket, Application& application, const ConnectionLimits& limits);

  /// Serves until the peer leaves, an error, or Close.
  lane::Task<void> Run();

  /// Ends Run soon, whatever it waits for.
  void Close();

 private:
  using Stream = boost::beast::basic_stream<boost::asio::ip::tcp, lane::Executor>;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  /// What comes after an exchange.
  enum class Next { kRequest, kHangUp };

  lane::Task<Next> ServeOne();
  lane::Task<boost::system::error_code> Read(Parser& parser);
  lane::Task<Next> RefuseRead(boost::system::error_code error);
  lane::Task<Next> Deliver(Answer answer, Parser& parser);
  lane::Task<boost::system::error_code> WriteChunks(std::string_view body,
                                                    const http::HeaderMap& trailers);
  lane::Task<void> Wait(std::chrono::milliseconds delay);
  lane::Task<void> Linger();

  Stream stream_;
  lane::Timer timer_;
  boost::beast::flat_buffer buffer_;
  Application& application_;
  ConnectionLimits limits_;
  bool closed_ = false;
};

}  // namespace scoregate::emulator
