// The HTTP/1.1 side of the emulator, on Beast.
#include "gateway/emulator/connection.h"

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>
#include <string>
#include <utility>

namespace scoregate::emulator {
namespace {

namespace beast = boost::beast;
namespace asio = boost::asio;
using boost::system::error_code;

// What is read on, and for how long, after a refusal: a socket that is closed with bytes unread
// resets the connection, and the peer may then lose the answer.
constexpr std::size_t kLingerBytes = std::size_t{1024} * 1024;
constexpr std::chrono::seconds kLingerTime(2);

// Room for a header and the beginning of a body.
constexpr std::size_t kBufferRoom = std::size_t{64} * 1024;

http::HttpRequest ToRequest(beast::http::request<beast::http::string_body>&& message) {
  http::HttpRequest request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.Add({name.data(), name.size()}, {value.data(), value.size()});
  }
  request.body = std::move(message.body());
  return request;
}

bool MayHaveBody(int status) {
  return status >= 200 && status != 204 && status != 304;
}

beast::http::response<beast::http::string_body> ToResponse(http::HttpResponse&& answer,
                                                           const http::HeaderMap& trailers) {
  beast::http::response<beast::http::string_body> response;
  response.result(static_cast<unsigned>(answer.status));
  for (const auto& [name, value] : answer.headers.fields()) response.insert(name, value);
  if (!MayHaveBody(answer.status)) return response;
  if (!trailers.empty()) {
    response.chunked(true);
    response.body() = std::move(answer.body);
    return response;
  }
  response.content_length(answer.body.size());
  response.body() = std::move(answer.body);
  return response;
}

int RefusalStatus(error_code error) {
  if (error == beast::http::error::body_limit) return 413;
  if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) {
    return 431;
  }
  return 400;
}

// A peer that leaves, in whatever way, is no fault of its requests.
bool IsProtocolError(error_code error) {
  return error.category() == make_error_code(beast::http::error::body_limit).category() &&
         error != beast::http::error::end_of_stream && error != beast::http::error::partial_message;
}

}  // namespace

Connection::Connection(lane::TcpSocket socket, Application& application,
                       const ConnectionLimits& limits)
    : stream_(std::move(socket)),
      timer_(stream_.get_executor()),
      buffer_(limits.header_bytes + kBufferRoom),
      application_(application),
      limits_(limits) {}

lane::Task<void> Connection::Run() {
  Next next = Next::kRequest;
  while (next == Next::kRequest && !closed_) next = co_await ServeOne();
  Close();
}

void Connection::Close() {
  closed_ = true;
  timer_.cancel();
  stream_.close();
}

lane::Task<Connection::Next> Connection::ServeOne() {
  Parser parser;
  parser.header_limit(limits_.header_bytes);
  parser.body_limit(limits_.body_bytes);
  const error_code error = co_await Read(parser);
  if (error) co_return co_await RefuseRead(error);
  Answer answer = application_.Respond(ToRequest(std::move(parser.get())));
  co_return co_await Deliver(std::move(answer), parser);
}

lane::Task<error_code> Connection::Read(Parser& parser) {
  stream_.expires_after(limits_.idle);
  auto [error, header_bytes] =
      co_await beast::http::async_read_header(stream_, buffer_, parser, lane::kUseTask);
  if (error) co_return error;
  const auto expect = parser.get()[beast::http::field::expect];
  if (beast::iequals(expect, "100-continue") && !parser.is_done()) {
    beast::http::response<beast::http::empty_body> go_on(beast::http::status::continue_, 11);
    auto [write_error, written] = co_await beast::http::async_write(stream_, go_on, lane::kUseTask);
    if (write_error) co_return write_error;
  }
  while (!parser.is_done()) {
    stream_.expires_after(limits_.idle);
    auto [body_error, body_bytes] =
        co_await beast::http::async_read_some(stream_, buffer_, parser, lane::kUseTask);
    if (body_error) co_return body_error;
  }
  co_return error;
}

lane::Task<Connection::Next> Connection::RefuseRead(error_code error) {
  if (!IsProtocolError(error)) co_return Next::kHangUp;
  const int status = RefusalStatus(error);
  Answer refusal = MakeAnswer(status, kTextType, error.message() + "\n");
  auto response = ToResponse(std::move(refusal.response), {});
  response.keep_alive(false);
  stream_.expires_after(limits_.idle);
  auto [write_error, written] =
      co_await beast::http::async_write(stream_, response, lane::kUseTask);
  if (!write_error) co_await Linger();
  co_return Next::kHangUp;
}

lane::Task<Connection::Next> Connection::Deliver(Answer answer, Parser& parser) {
  if (answer.delay.count() > 0) co_await Wait(answer.delay);
  if (closed_ || answer.ending == Ending::kCloseWithoutAnswer) co_return Next::kHangUp;
  // HTTP/1.0 knows neither chunks nor what stands behind them.
  constexpr unsigned kHttp11 = 11;
  http::HeaderMap trailers;
  if (parser.get().version() >= kHttp11) trailers = std::move(answer.response.trailers);
  auto response = ToResponse(std::move(answer.response), trailers);
  response.version(parser.get().version());
  response.keep_alive(parser.keep_alive());
  beast::http::response_serializer<beast::http::string_body> serializer(response);
  stream_.expires_after(limits_.idle);
  // The answer to a HEAD has the length of a body, but not the body.
  const bool head = parser.get().method() == beast::http::verb::head;
  auto [error, written] =
      head || response.chunked()
          ? co_await beast::http::async_write_header(stream_, serializer, lane::kUseTask)
          : co_await beast::http::async_write(stream_, serializer, lane::kUseTask);
  if (!error && !head && response.chunked()) {
    error = co_await WriteChunks(response.body(), trailers);
  }
  const bool stays = !error && parser.keep_alive() && response.keep_alive();
  co_return stays ? Next::kRequest : Next::kHangUp;
}

// The whole body as one chunk, and fields behind it.
lane::Task<error_code> Connection::WriteChunks(std::string_view body,
                                               const http::HeaderMap& trailers) {
  const asio::const_buffer bytes(body.data(), body.size());
  if (!body.empty()) {
    auto chunk = beast::http::make_chunk(bytes);
    auto [error, written] = co_await asio::async_write(stream_, chunk, lane::kUseTask);
    if (error) co_return error;
  }
  beast::http::fields fields;
  for (const auto& [name, value] : trailers.fields()) fields.insert(name, value);
  auto last = beast::http::make_chunk_last(fields);
  auto [error, written] = co_await asio::async_write(stream_, last, lane::kUseTask);
  co_return error;
}

lane::Task<void> Connection::Wait(std::chrono::milliseconds delay) {
  if (closed_) co_return;
  timer_.expires_after(delay);
  co_await timer_.async_wait(lane::kUseTask);
}

lane::Task<void> Connection::Linger() {
  error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  stream_.expires_after(kLingerTime);
  std::size_t dropped = buffer_.size();
  while (dropped < kLingerBytes) {
    buffer_.clear();
    auto [error, bytes] =
        co_await stream_.async_read_some(buffer_.prepare(kBufferRoom), lane::kUseTask);
    if (error) co_return;
    dropped += bytes;
  }
}

}  // namespace scoregate::emulator
