// A running emulator on a free loopback port, and a tiny client that talks to it over real sockets.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "gateway/emulator/server.h"

namespace scoregate::emulator {

/// Runs a server on a thread of its own for as long as it lives.
class RunningServer {
 public:
  explicit RunningServer(Options options = {});
  ~RunningServer();

  Server& server() { return *server_; }
  boost::asio::ip::tcp::endpoint endpoint() const;

 private:
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

using Reply = boost::beast::http::response<boost::beast::http::string_body>;
using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

inline constexpr std::string_view kExecute =
    "/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210/"
    "execute?api-version=2.0";
inline constexpr std::string_view kExecuteDetails =
    "/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210/"
    "execute?api-version=2.0&details=true";
inline constexpr std::string_view kExecuteSwagger =
    "/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210/"
    "execute?api-version=2.0&format=swagger";

/// One connection. Blocking; the test's own time limit ends a peer that does not answer.
class Client {
 public:
  explicit Client(const RunningServer& server);

  /// Sends a request with a key and the further fields, and reads the answer. Nothing where the
  /// connection ended instead.
  std::optional<Reply> Ask(boost::beast::http::verb method, std::string_view target,
                           std::string_view body, Fields fields = {});
  std::optional<Reply> Post(std::string_view target, std::string_view body, Fields fields = {}) {
    return Ask(boost::beast::http::verb::post, target, body, fields);
  }

  /// The same without a key.
  std::optional<Reply> PostWithoutKey(std::string_view target, std::string_view body,
                                      Fields fields = {});

  /// Sends these very bytes. False where the connection has ended.
  bool SendRaw(std::string_view bytes);
  void FinishSending();
  std::optional<Reply> ReadReply();
  /// Everything up to the end of the connection.
  std::string ReadAll();

 private:
  std::optional<Reply> Exchange(
      const boost::beast::http::request<boost::beast::http::string_body>& request);

  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
};

}  // namespace scoregate::emulator
