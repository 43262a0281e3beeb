// Accepts connections and keeps account of them.
#include "gateway/emulator/server.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <sstream>
#include <unordered_set>
#include <utility>

namespace scoregate::emulator {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

// Pause after an accept that failed, for example for want of file descriptors.
constexpr std::chrono::milliseconds kAcceptPause(100);

}  // namespace

// Shared by the server and by the coroutines, which may outlive it.
class Server::Listener : public std::enable_shared_from_this<Server::Listener> {
 public:
  Listener(asio::io_context& context, Options options)
      : options_(std::move(options)),
        application_(options_.api_key),
        acceptor_(context.get_executor()),
        pause_(context.get_executor()) {}

  error_code Bind() {
    error_code error;
    const std::string host = options_.host == "localhost" ? "127.0.0.1" : options_.host;
    const auto address = asio::ip::make_address(host, error);
    if (error) return error;
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (error) return error;
    acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (error) return error;
    acceptor_.bind(endpoint, error);
    if (error) return error;
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error;
  }

  tcp::endpoint endpoint() const {
    error_code ignored;
    return acceptor_.local_endpoint(ignored);
  }

  const Options& options() const { return options_; }

  static lane::Task<void> Accept(std::shared_ptr<Listener> self) {
    while (self->acceptor_.is_open()) {
      auto [error, socket] = co_await self->acceptor_.async_accept(lane::kUseTask);
      if (!self->acceptor_.is_open()) co_return;
      if (error) {
        self->pause_.expires_after(kAcceptPause);
        co_await self->pause_.async_wait(lane::kUseTask);
      } else if (self->connections_.size() < self->options_.max_connections) {
        self->Take(std::move(socket));
      }
    }
  }

  void Close() {
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (const auto& connection : connections_) connection->Close();
  }

 private:
  using ConnectionPtr = std::shared_ptr<Connection>;

  void Take(lane::TcpSocket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto connection =
        std::make_shared<Connection>(std::move(socket), application_, options_.limits);
    connections_.insert(connection);
    asio::co_spawn(acceptor_.get_executor(), Serve(shared_from_this(), std::move(connection)),
                   asio::detached);
  }

  static lane::Task<void> Serve(std::shared_ptr<Listener> self, ConnectionPtr connection) {
    // Only a lack of memory throws in there; it ends this connection and no other.
    try {
      co_await connection->Run();
    } catch (const std::exception&) {
      connection->Close();
    }
    self->connections_.erase(connection);
  }

  Options options_;
  Application application_;
  asio::basic_socket_acceptor<tcp, lane::Executor> acceptor_;
  lane::Timer pause_;
  std::unordered_set<ConnectionPtr> connections_;
};

Server::Server(asio::io_context& context, Options options)
    : context_(context), listener_(std::make_shared<Listener>(context, std::move(options))) {}

Server::~Server() {
  try {
    Stop();
  } catch (...) {  // Without memory to say so, the listener ends with the context.
  }
}

http::Result<void> Server::Start() {
  if (const error_code error = listener_->Bind()) {
    return http::Fault(http::FaultKind::kConnectFailed,
                       "cannot listen on " + listener_->options().host + " port " +
                           std::to_string(listener_->options().port) + ": " + error.message());
  }
  const tcp::endpoint endpoint = listener_->endpoint();
  port_ = endpoint.port();
  std::ostringstream text;
  text << endpoint;
  address_ = text.str();
  asio::co_spawn(context_.get_executor(), Listener::Accept(listener_), asio::detached);
  return {};
}

void Server::Stop() {
  asio::post(context_, [listener = listener_] { listener->Close(); });
}

}  // namespace scoregate::emulator
