// An upstream in the test's own hands: it sees a request arrive, and answers when the test says so.
#pragma once

#include <string>

namespace scoregate::e2e {

/// Listens on a free loopback port, takes one connection at a time. Every method blocks, 20 s at
/// most; what does not happen by then throws std::runtime_error.
class HeldUpstream {
 public:
  HeldUpstream();
  ~HeldUpstream();
  HeldUpstream(const HeldUpstream&) = delete;
  HeldUpstream& operator=(const HeldUpstream&) = delete;

  int port() const { return port_; }
  /// Entries for the endpoints of a configuration: `held`, and `held_two_keys`, which has a wrong
  /// key first.
  std::string Endpoint() const;

  /// Takes a connection and reads one request; gives its head and body.
  std::string WaitForRequest();
  void Answer(const std::string& bytes);
  void Close();
  /// Waits until the other side has closed the connection.
  void WaitForClose();

 private:
  int listener_ = -1;
  int connection_ = -1;
  int port_ = 0;
};

}  // namespace scoregate::e2e
