// Runs the server and speaks HTTP to it.
#include "tests/emulator/loopback.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

namespace scoregate::emulator {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

RunningServer::RunningServer(Options options) : work_(context_.get_executor()) {
  server_ = std::make_unique<Server>(context_, std::move(options));
  const auto started = server_->Start();
  if (!started.ok()) throw std::runtime_error(started.fault().text);
  thread_ = std::thread([this] { context_.run(); });
}

RunningServer::~RunningServer() {
  server_->Stop();
  work_.reset();
  // Ends by itself: nothing is left on the loop once every connection is closed.
  thread_.join();
}

asio::ip::tcp::endpoint RunningServer::endpoint() const {
  return {asio::ip::make_address("127.0.0.1"), server_->port()};
}

Client::Client(const RunningServer& server) : socket_(context_) {
  socket_.connect(server.endpoint());
}

std::optional<Reply> Client::Ask(beast::http::verb method, std::string_view target,
                                 std::string_view body, Fields fields) {
  beast::http::request<beast::http::string_body> request(
      method, beast::string_view(target.data(), target.size()), 11);
  request.set(beast::http::field::authorization, "Bearer any-key");
  for (const auto& [name, value] : fields) {
    request.set(beast::string_view(name.data(), name.size()),
                beast::string_view(value.data(), value.size()));
  }
  request.body() = body;
  request.prepare_payload();
  return Exchange(request);
}

std::optional<Reply> Client::PostWithoutKey(std::string_view target, std::string_view body,
                                            Fields fields) {
  beast::http::request<beast::http::string_body> request(
      beast::http::verb::post, beast::string_view(target.data(), target.size()), 11);
  for (const auto& [name, value] : fields) {
    request.set(beast::string_view(name.data(), name.size()),
                beast::string_view(value.data(), value.size()));
  }
  request.body() = body;
  request.prepare_payload();
  return Exchange(request);
}

std::optional<Reply> Client::Exchange(
    const beast::http::request<beast::http::string_body>& request) {
  error_code error;
  beast::http::write(socket_, request, error);
  if (error) return std::nullopt;
  if (request.method() != beast::http::verb::head) return ReadReply();
  beast::http::response_parser<beast::http::string_body> parser;
  parser.skip(true);
  beast::http::read(socket_, buffer_, parser, error);
  if (error) return std::nullopt;
  return parser.release();
}

bool Client::SendRaw(std::string_view bytes) {
  error_code error;
  asio::write(socket_, asio::buffer(bytes.data(), bytes.size()), error);
  return !error;
}

void Client::FinishSending() {
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

std::optional<Reply> Client::ReadReply() {
  Reply reply;
  error_code error;
  beast::http::read(socket_, buffer_, reply, error);
  if (error) return std::nullopt;
  return reply;
}

std::string Client::ReadAll() {
  std::string bytes;
  error_code error;
  asio::read(socket_, asio::dynamic_buffer(bytes), error);
  return bytes;
}

}  // namespace scoregate::emulator
