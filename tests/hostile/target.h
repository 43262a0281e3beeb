// The gateway under attack, a real process with an upstream behind it, and what it uses.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/process.h"

namespace scoregate::hostile {

/// `scoregate serve` and two emulators on free ports of the loopback interface: one stands behind
/// the endpoint that attackers call and one behind the other.
class Target {
 public:
  Target();

  const std::string& address() const { return address_; }
  const std::string& configuration() const { return configuration_; }
  /// CPU time of the gateway's process so far.
  std::chrono::nanoseconds cpu() const;
  /// Its resident memory now, in bytes; 0 where it runs no more.
  std::size_t rss() const;
  /// The most that it was since ResetPeak.
  std::size_t peak() const;
  void ResetPeak();
  bool runs() const { return rss() > 0; }
  /// The process of the emulator that answers the attackers' calls.
  pid_t attacked_upstream() const { return emulators_.front()->pid(); }

 private:
  std::string configuration_;
  std::vector<std::unique_ptr<e2e::Server>> emulators_;
  std::unique_ptr<e2e::Server> gateway_;
  std::string address_;
};

/// CPU time of the calling thread so far.
std::chrono::nanoseconds ThreadCpu();

/// Lets this process and its children open as many files as the system allows; gives that number.
std::size_t RaiseFileLimit();

}  // namespace scoregate::hostile
