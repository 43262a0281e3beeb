// One connection to an upstream, plain or TLS, and the bytes that came on it.
#pragma once

#include <boost/asio/ssl/stream.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "gateway/lane/signal.h"
#include "gateway/lane/task.h"
#include "gateway/upstream/connection/tls_context.h"

namespace scoregate::upstream {

/// Sends one request at a time and reads beside it: an upstream may answer before it has read all.
/// On one lane. Made with make_shared; its handlers keep it alive.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(lane::TcpSocket socket);

  /// Makes the connection a TLS one.
  lane::Task<boost::system::error_code> Handshake(std::shared_ptr<TlsContext> tls);
  /// Null where the connection is plain.
  SSL* native_tls() { return tls_ ? tls_->native_handle() : nullptr; }

  /// So much of the body is put behind the head at most, and sent with it as one: what a TLS record
  /// takes. Without TLS, copying it costs less than a call of the system with two buffers.
  static constexpr std::size_t kFirstWriteBytes = std::size_t{16} << 10;
  /// Begins to send; most requests are with the kernel when this returns. `body` must stay until
  /// is_writing() is false.
  void BeginWrite(std::string head, std::string_view body);
  bool is_writing() const { return writing_; }
  /// How many bytes of the last request may have left. TLS sends before it says how many bytes of
  /// ours it took, so there it is never 0.
  std::uint64_t sent() const { return tls_ && sent_ == 0 ? 1 : sent_; }
  /// Why sending stopped early; none while it goes on or when all was sent.
  const boost::system::error_code& write_error() const { return write_error_; }

  /// What a Read came to: an error or none, and how many bytes.
  using Arrival = std::tuple<boost::system::error_code, std::size_t>;
  /// Waits for more bytes; TakeIn puts them at the end of unread(), and gives the error.
  lane::Task<Arrival> Read();
  boost::system::error_code TakeIn(const Arrival& arrival);
  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void Consume(std::size_t bytes);

  /// Nothing to read and not closed by the peer: fit for another request.
  bool IsQuiet();
  /// Gives back memory that a large answer took.
  void Shrink();

  /// Ends everything at once; waiting operations end with operation_aborted.
  void Close();
  /// Closes, and waits until the request's memory is no longer needed.
  lane::Task<void> CloseAndSettle();

 private:
  using TlsStream = boost::asio::ssl::stream<lane::TcpSocket&>;

  void WritePlain();
  void WriteTls();
  void OnWritten(const boost::system::error_code& error, std::size_t bytes);
  void EndWrite(const boost::system::error_code& error);
  std::string_view Unsent() const;
  void MakeRoom();

  lane::TcpSocket socket_;
  std::shared_ptr<TlsContext> tls_context_;
  std::optional<TlsStream> tls_;

  std::string head_;
  std::string_view body_;
  std::uint64_t sent_ = 0;
  bool writing_ = false;
  boost::system::error_code write_error_;
  std::optional<lane::Signal> settled_;

  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool filled_ = false;
};

}  // namespace scoregate::upstream
