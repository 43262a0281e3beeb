#include "gateway/upstream/connection/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace scoregate::upstream {
namespace {

using boost::system::error_code;

constexpr std::size_t kSmallBufferBytes = 8u << 10;
constexpr std::size_t kSmallHeadBytes = 2u << 10;
// Past this a larger read no longer pays.
constexpr std::size_t kLargeBufferBytes = 64u << 10;
// Less room than this is not worth a read.
constexpr std::size_t kLeastRoomBytes = 1u << 10;
// A peer that is gone is noticed although a model may think for minutes; it also keeps the
// connection in the tables of the routers between.
constexpr int kKeepAliveIdleSeconds = 60;

// What came with the answer's last record waits in OpenSSL's input, where neither SSL_pending nor
// the socket shows it.
bool HoldsMore(const SSL* tls) {
  return SSL_pending(tls) > 0 || BIO_ctrl_pending(SSL_get_rbio(tls)) > 0;
}

}  // namespace

Connection::Connection(lane::TcpSocket socket) : socket_(std::move(socket)) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
  socket_.set_option(boost::asio::socket_base::keep_alive(true), ignored);
  int handle = socket_.native_handle();
  setsockopt(handle, IPPROTO_TCP, TCP_KEEPIDLE, &kKeepAliveIdleSeconds,
             sizeof(kKeepAliveIdleSeconds));
}

lane::Task<error_code> Connection::Handshake(std::shared_ptr<TlsContext> tls) {
  tls_context_ = std::move(tls);
  tls_.emplace(socket_, tls_context_->context());
  tls_context_->Prepare(tls_->native_handle());
  auto [error] = co_await tls_->async_handshake(TlsStream::client, lane::kUseTask);
  co_return error;
}

void Connection::BeginWrite(std::string head, std::string_view body) {
  head_ = std::move(head);
  body_ = body;
  sent_ = 0;
  write_error_ = {};
  writing_ = true;
  const std::size_t room = kFirstWriteBytes - std::min(head_.size(), kFirstWriteBytes);
  const std::size_t joined = std::min(room, body_.size());
  head_.append(body_.substr(0, joined));
  body_.remove_prefix(joined);
  if (tls_) {
    WriteTls();
  } else {
    WritePlain();
  }
}

std::string_view Connection::Unsent() const {
  if (sent_ < head_.size()) return std::string_view(head_).substr(sent_);
  return body_.substr(static_cast<std::size_t>(sent_ - head_.size()));
}

// What the kernel takes at once needs no trip through the loop.
void Connection::WritePlain() {
  while (true) {
    const std::string_view rest = Unsent();
    if (rest.empty()) return EndWrite({});
    error_code error;
    sent_ += socket_.write_some(boost::asio::buffer(rest.data(), rest.size()), error);
    if (error == boost::asio::error::would_block) break;
    if (error) return EndWrite(error);
  }
  socket_.async_wait(lane::TcpSocket::wait_write,
                     [self = shared_from_this()](error_code error) { self->OnWritten(error, 0); });
}

void Connection::WriteTls() {
  std::string_view rest = Unsent();
  if (rest.empty()) return EndWrite({});
  tls_->async_write_some(boost::asio::buffer(rest.data(), rest.size()),
                         [self = shared_from_this()](error_code error, std::size_t bytes) {
                           self->OnWritten(error, bytes);
                         });
}

void Connection::OnWritten(const error_code& error, std::size_t bytes) {
  sent_ += bytes;
  if (error) return EndWrite(error);
  if (!socket_.is_open()) return EndWrite(boost::asio::error::operation_aborted);
  if (tls_) {
    WriteTls();
  } else {
    WritePlain();
  }
}

void Connection::EndWrite(const error_code& error) {
  write_error_ = error;
  writing_ = false;
  body_ = {};
  if (settled_) settled_->Notify();
}

void Connection::MakeRoom() {
  if (begin_ == end_) begin_ = end_ = 0;
  std::size_t size = std::max(buffer_.size(), kSmallBufferBytes);
  // A read that filled the buffer says that more is waiting.
  if (filled_ && size < kLargeBufferBytes) size *= 2;
  if (begin_ > 0 && size - end_ < kLeastRoomBytes) {
    buffer_.erase(0, begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // Only a head or a chunk's line stays unread; whoever reads those bounds them.
  while (size - end_ < kLeastRoomBytes) size *= 2;
  buffer_.resize(size);
}

lane::Task<Connection::Arrival> Connection::Read() {
  MakeRoom();
  auto room = boost::asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
  if (tls_) return tls_->async_read_some(room, lane::kUseTask);
  return socket_.async_read_some(room, lane::kUseTask);
}

error_code Connection::TakeIn(const Arrival& arrival) {
  const auto& [error, bytes] = arrival;
  end_ += bytes;
  filled_ = end_ == buffer_.size();
  return error;
}

void Connection::Consume(std::size_t bytes) {
  begin_ += bytes;
}

bool Connection::IsQuiet() {
  if (!socket_.is_open() || begin_ != end_) return false;
  if (tls_ && HoldsMore(tls_->native_handle())) return false;
  char byte = 0;
  ssize_t got = recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::Shrink() {
  begin_ = end_ = 0;
  filled_ = false;
  if (buffer_.capacity() > kSmallBufferBytes) buffer_ = std::string();
  if (head_.capacity() > kSmallHeadBytes) head_ = std::string();
}

void Connection::Close() {
  // OpenSSL would hold a connection that ends unsaid against its session, and not take that up
  // again.
  if (tls_) SSL_set_shutdown(tls_->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  error_code ignored;
  socket_.close(ignored);
}

lane::Task<void> Connection::CloseAndSettle() {
  Close();
  if (!writing_) co_return;
  settled_.emplace(socket_.get_executor());
  while (writing_) co_await settled_->Wait();
}

}  // namespace scoregate::upstream
