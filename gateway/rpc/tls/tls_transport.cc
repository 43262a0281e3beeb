#include "gateway/rpc/tls/tls_transport.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "gateway/rpc/tls/memory_bio.h"
#include "gateway/rpc/tls/openssl.h"
#include "gateway/rpc/tls/pem.h"

namespace scoregate::rpc {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// What is read off the socket at a time, in bytes: one record of the largest size and a bit.
constexpr std::size_t kReceiveBytes = std::size_t{17} * 1024;
// How much of a write is encrypted before it is handed to the socket: the caller decrypts the first
// part while we encrypt the second, and no more than this is held twice.
constexpr std::size_t kSealBytes = std::size_t{64} * 1024;
// The largest buffer that a connection keeps while it has nothing to send.
constexpr std::size_t kKeptBytes = std::size_t{16} * 1024;
// What a caller may send in a row that carries no data of the application, such as key updates,
// each of which costs us an answer. More than a few records, which may be cut anywhere.
constexpr std::size_t kMaxBarrenBytes = std::size_t{64} * 1024;
// What a refused caller may go on sending until it has read why.
constexpr std::size_t kMaxDiscardedBytes = std::size_t{64} * 1024;

error_code ProtocolError() {
  return make_error_code(boost::system::errc::protocol_error);
}

class TlsTransport final : public Transport {
 public:
  TlsTransport(lane::StreamSocket socket, std::shared_ptr<const ServerTls> tls,
               std::shared_ptr<Peer> peer)
      : socket_(std::move(socket)),
        tls_(std::move(tls)),
        peer_(std::move(peer)),
        ssl_(SSL_new(tls_->context())) {
    BIO* bio = ssl_ ? NewMemoryBio(&bytes_) : nullptr;
    if (bio == nullptr) {
      ssl_.reset();
      return;
    }
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
  }

  void Read(std::span<std::uint8_t> buffer, std::shared_ptr<Sink> sink) override {
    sink_ = sink;
    plain_in_ = buffer;
    reading_ = true;
    // What OpenSSL holds already is given later, as everything is.
    bool has_more = !ssl_ || !bytes_.in.empty() || SSL_pending(ssl_.get()) > 0;
    if (has_more) return Later(std::move(sink));
    Receive(std::move(sink));
  }

  // What is sealed waits for the socket anyway.
  std::size_t WriteNow(std::span<const std::uint8_t>, Follows) override { return 0; }

  void Write(std::span<const std::uint8_t> bytes, std::shared_ptr<Sink> sink) override {
    sink_ = sink;
    plain_out_ = bytes;
    writing_ = true;
    if (!ssl_ || refused_) return Later(std::move(sink));
    if (established_) Seal(sink);
  }

  void EndWriting() override {
    ending_ = true;
    if (established_ && !refused_) SSL_shutdown(ssl_.get());
    if (auto sink = sink_.lock()) Send(sink);
  }

  void WaitForEnd(std::shared_ptr<Sink> sink) override {
    rpc::WaitForEnd(socket_, std::move(sink));
  }

  void Close() override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  using SinkPtr = std::shared_ptr<Sink>;

  void Receive(SinkPtr sink);
  void OnReceived(const SinkPtr& sink, error_code error, std::size_t size);
  void Discard(const SinkPtr& sink, std::size_t size);
  void Later(SinkPtr sink);
  void Advance(const SinkPtr& sink);
  bool Shake();
  std::size_t Open();
  void Seal(const SinkPtr& sink);
  void Send(const SinkPtr& sink);
  void OnSent(const SinkPtr& sink, error_code error);
  bool Judge(int result);
  void Conclude(const SinkPtr& sink, error_code error);

  lane::StreamSocket socket_;
  std::shared_ptr<const ServerTls> tls_;
  std::shared_ptr<Peer> peer_;
  // Before what OpenSSL holds of it.
  EncryptedBytes bytes_;
  SslPtr ssl_;
  // The session, which owns this; what is under way on the socket keeps it.
  std::weak_ptr<Sink> sink_;

  std::array<std::uint8_t, kReceiveBytes> received_;
  std::vector<std::uint8_t> sending_;
  std::span<std::uint8_t> plain_in_;
  std::span<const std::uint8_t> plain_out_;
  bool reading_ = false;
  bool writing_ = false;
  bool receive_under_way_ = false;
  bool send_under_way_ = false;

  bool established_ = false;
  // OpenSSL has given up; an alert may be on its way.
  bool refused_ = false;
  bool caller_ended_ = false;
  bool ending_ = false;
  std::size_t barren_bytes_ = 0;
  std::size_t discarded_bytes_ = 0;
};

void TlsTransport::Receive(SinkPtr sink) {
  if (std::exchange(receive_under_way_, true)) return;
  socket_.async_read_some(asio::buffer(received_),
                          [this, sink = std::move(sink)](error_code error, std::size_t size) {
                            receive_under_way_ = false;
                            OnReceived(sink, error, size);
                          });
}

void TlsTransport::OnReceived(const SinkPtr& sink, error_code error, std::size_t size) {
  if (error) return Conclude(sink, error);
  if (refused_) return Discard(sink, size);
  bytes_.in = {received_.data(), size};
  barren_bytes_ += size;
  Advance(sink);
}

// The reset that answers unread bytes would destroy the alert that the caller has yet to read.
void TlsTransport::Discard(const SinkPtr& sink, std::size_t size) {
  discarded_bytes_ += size;
  if (discarded_bytes_ > kMaxDiscardedBytes) return Conclude(sink, ProtocolError());
  Receive(sink);
}

void TlsTransport::Later(SinkPtr sink) {
  asio::post(socket_.get_executor(), [this, sink = std::move(sink)] {
    if (!socket_.is_open() || !ssl_) return Conclude(sink, asio::error::operation_aborted);
    Advance(sink);
  });
}

// Takes what has come as far as it goes; tells the sink last, because the sink calls back.
void TlsTransport::Advance(const SinkPtr& sink) {
  bool was_established = established_;
  if (!established_ && !refused_) established_ = Shake();
  std::size_t opened = established_ && reading_ && !refused_ ? Open() : 0;
  if (established_ && writing_ && !refused_) Seal(sink);
  Send(sink);
  if (opened > 0) {
    reading_ = false;
    return sink->OnRead({}, opened);
  }
  if (caller_ended_) return Conclude(sink, asio::error::eof);
  // A handshake that fails is waited out, within the sink's limit; a broken connection is not.
  if (refused_ && was_established) return Conclude(sink, ProtocolError());
  if (reading_) Receive(sink);
}

// Whether the connection is established now.
bool TlsTransport::Shake() {
  ERR_clear_error();
  if (!Judge(SSL_do_handshake(ssl_.get()))) return false;
  peer_->tls = true;
  barren_bytes_ = 0;
  CertificatePtr certificate(SSL_get1_peer_certificate(ssl_.get()));
  if (certificate) peer_->names = AlternativeNames(certificate.get());
  return true;
}

// Decrypts into the reader's buffer; gives how many bytes.
std::size_t TlsTransport::Open() {
  std::size_t opened = 0;
  while (opened < plain_in_.size()) {
    ERR_clear_error();
    std::size_t size = 0;
    int result =
        SSL_read_ex(ssl_.get(), plain_in_.data() + opened, plain_in_.size() - opened, &size);
    if (!Judge(result)) break;
    opened += size;
  }
  if (opened > 0) barren_bytes_ = 0;
  if (barren_bytes_ > kMaxBarrenBytes) refused_ = true;
  return opened;
}

// Whether OpenSSL did what it was asked. Where it did not it wants more bytes, or it is over.
bool TlsTransport::Judge(int result) {
  if (result == 1) return true;
  int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_ZERO_RETURN) {
    caller_ended_ = true;
  } else if (error != SSL_ERROR_WANT_READ) {
    refused_ = true;
  }
  ERR_clear_error();
  return false;
}

void TlsTransport::Seal(const SinkPtr& sink) {
  while (!plain_out_.empty() && bytes_.out.size() < kSealBytes) {
    ERR_clear_error();
    std::size_t size = 0;
    std::size_t most = std::min(plain_out_.size(), kSealBytes);
    if (!Judge(SSL_write_ex(ssl_.get(), plain_out_.data(), most, &size))) {
      refused_ = true;
      return Later(sink);
    }
    plain_out_ = plain_out_.subspan(size);
  }
  Send(sink);
}

void TlsTransport::Send(const SinkPtr& sink) {
  if (send_under_way_ || !socket_.is_open()) return;
  if (bytes_.out.empty()) {
    error_code ignored;
    if (ending_ || refused_) socket_.shutdown(lane::StreamSocket::shutdown_send, ignored);
    return;
  }
  send_under_way_ = true;
  sending_.swap(bytes_.out);
  bytes_.out.clear();
  asio::async_write(socket_, asio::buffer(sending_), [this, sink](error_code error, std::size_t) {
    send_under_way_ = false;
    OnSent(sink, error);
  });
}

void TlsTransport::OnSent(const SinkPtr& sink, error_code error) {
  if (error) return Conclude(sink, error);
  if (writing_ && established_ && !refused_ && !plain_out_.empty()) return Seal(sink);
  Send(sink);
  if (!writing_ || !plain_out_.empty() || send_under_way_) return;
  writing_ = false;
  if (sending_.capacity() > kKeptBytes) sending_ = {};
  if (bytes_.out.capacity() > kKeptBytes) bytes_.out = {};
  sink->OnWritten({});
}

void TlsTransport::Conclude(const SinkPtr& sink, error_code error) {
  if (std::exchange(reading_, false)) sink->OnRead(error, 0);
  if (std::exchange(writing_, false)) sink->OnWritten(error);
}

}  // namespace

std::unique_ptr<Transport> MakeTlsTransport(lane::StreamSocket socket,
                                            std::shared_ptr<const ServerTls> tls,
                                            std::shared_ptr<Peer> peer) {
  return std::make_unique<TlsTransport>(std::move(socket), std::move(tls), std::move(peer));
}

}  // namespace scoregate::rpc
