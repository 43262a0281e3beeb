#include "gateway/rpc/http2/transport.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cstring>
#include <string>
#include <utility>

namespace scoregate::rpc {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

class SocketTransport final : public Transport {
 public:
  explicit SocketTransport(lane::StreamSocket socket) : socket_(std::move(socket)) {}

  void Read(std::span<std::uint8_t> buffer, std::shared_ptr<Sink> sink) override {
    socket_.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                            [sink = std::move(sink)](error_code error, std::size_t size) {
                              sink->OnRead(error, size);
                            });
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
  if (family != AF_INET && family != AF_INET6) return "unix:";
  asio::ip::tcp::endpoint endpoint;
  endpoint.resize(generic.size());
  std::memcpy(endpoint.data(), generic.data(), generic.size());
  std::string port = std::to_string(endpoint.port());
  std::string host = endpoint.address().to_string();
  return (family == AF_INET6 ? "[" + host + "]:" : host + ":") + port;
}

}  // namespace

std::unique_ptr<Transport> MakeSocketTransport(lane::StreamSocket socket) {
  SetNoDelay(socket);
  return std::make_unique<SocketTransport>(std::move(socket));
}

void SetNoDelay(lane::StreamSocket& socket) {
  error_code ignored;  // A unix socket has no such option.
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Peer PeerOf(lane::StreamSocket& socket) {
  Peer peer;
  peer.address = AddressOf(socket);
  peer.credentials = lane::CredentialsOf(socket);
  return peer;
}

}  // namespace scoregate::rpc
