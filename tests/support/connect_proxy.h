// A proxy that opens tunnels (CONNECT) to this machine and does nothing else.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace scoregate::support {

/// On a free loopback port. Opens a tunnel to the port that was asked for, whatever the host, where
/// the request shows the credentials; answers 407 otherwise. Each connection has a thread.
class ConnectProxy {
 public:
  /// `authorization`: the value of Proxy-Authorization that is asked for; empty for none.
  explicit ConnectProxy(std::string authorization);
  /// Ends every connection and thread.
  ~ConnectProxy();
  ConnectProxy(const ConnectProxy&) = delete;
  ConnectProxy& operator=(const ConnectProxy&) = delete;

  std::uint16_t port() const { return port_; }
  /// The heads of all requests so far.
  std::vector<std::string> requests() const;

 private:
  void Accept();
  void Serve(int caller);
  int OpenTunnel(int caller);
  void Keep(int socket);

  const std::string authorization_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<int> sockets_;
  std::list<std::thread> threads_;
  bool stopping_ = false;
  std::thread accepting_;
};

}  // namespace scoregate::support
