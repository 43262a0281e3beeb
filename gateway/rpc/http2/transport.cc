#include "gateway/rpc/http2/transport.h"

#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace scoregate::rpc {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::string_view kUnix = "unix:";

class SocketTransport final : public Transport {
 public:
  explicit SocketTransport(lane::StreamSocket socket) : socket_(std::move(socket)) {}

  void Read(std::span<std::uint8_t> buffer, std::shared_ptr<Sink> sink) override {
    socket_.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                            [sink = std::move(sink)](error_code error, std::size_t size) {
                              sink->OnRead(error, size);
                            });
  }

  // What goes wrong here goes wrong again in Write, which tells.
  std::size_t WriteNow(std::span<const std::uint8_t> bytes, Follows follows) override {
    const int flags = MSG_NOSIGNAL | MSG_DONTWAIT | (follows == Follows::kEnd ? MSG_MORE : 0);
    const ssize_t sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), flags);
    return sent > 0 ? static_cast<std::size_t>(sent) : 0;
  }

  void Write(std::span<const std::uint8_t> bytes, std::shared_ptr<Sink> sink) override {
    asio::async_write(
        socket_, asio::buffer(bytes.data(), bytes.size()),
        [sink = std::move(sink)](error_code error, std::size_t) { sink->OnWritten(error); });
  }

  void EndWriting() override {
    error_code ignored;
    socket_.shutdown(lane::StreamSocket::shutdown_send, ignored);
  }

  void WaitForEnd(std::shared_ptr<Sink> sink) override {
    rpc::WaitForEnd(socket_, std::move(sink));
  }

  void Close() override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  lane::StreamSocket socket_;
};

std::string AddressOf(const lane::StreamSocket& socket) {
  error_code error;
  auto generic = socket.remote_endpoint(error);
  if (error) return "";
  int family = generic.protocol().family();
  if (family != AF_INET && family != AF_INET6) return std::string(kUnix);
  asio::ip::tcp::endpoint endpoint;
  endpoint.resize(generic.size());
  std::memcpy(endpoint.data(), generic.data(), generic.size());
  std::string port = std::to_string(endpoint.port());
  std::string host = endpoint.address().to_string();
  return (family == AF_INET6 ? "[" + host + "]:" : host + ":") + port;
}

}  // namespace

std::unique_ptr<Transport> MakeSocketTransport(lane::StreamSocket socket) {
  return std::make_unique<SocketTransport>(std::move(socket));
}

void WaitForEnd(lane::StreamSocket& socket, std::shared_ptr<Transport::Sink> sink) {
  socket.async_wait(lane::StreamSocket::wait_error, [sink = std::move(sink)](error_code error) {
    sink->OnRead(error ? error : asio::error::make_error_code(asio::error::eof), 0);
  });
}

Peer PeerOf(lane::StreamSocket& socket) {
  Peer peer;
  peer.address = AddressOf(socket);
  if (peer.address == kUnix) peer.credentials = lane::CredentialsOf(socket);
  return peer;
}

}  // namespace scoregate::rpc
