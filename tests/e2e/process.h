// Programs under test as real processes: started, read line by line, ended, waited for.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace scoregate::e2e {

/// What a program that ran to its end left behind.
struct Finished {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs a program to its end with this text on its standard input. 60 s at most, then it is killed
/// and the exit code is -1.
Finished RunToEnd(const std::vector<std::string>& command, const std::string& input = "");

/// A program that serves until it is ended. Its standard error is read here; its standard output
/// goes nowhere. Killed when the object goes, should it still run; where a sanitizer has found
/// something in it by then, that is shown and ends this process, too.
class Server {
 public:
  explicit Server(const std::vector<std::string>& command);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// What stands behind `prefix` in the first line of standard error that holds it; nothing where
  /// the program ended before, or 20 s passed.
  std::optional<std::string> WaitForLine(const std::string& prefix);

  void Signal(int number);
  /// Waits for its end, 30 s at most, and gives the exit code; -1 where a signal ended it.
  int Wait();
  pid_t pid() const { return pid_; }
  /// All that was read of standard error so far.
  const std::string& err() const { return err_; }

 private:
  bool ReadMore(std::chrono::steady_clock::time_point until);
  void EndIfSanitizerComplained() const;

  pid_t pid_ = -1;
  int err_fd_ = -1;
  std::string err_;
};

/// A program that was built beside this test.
std::string Program(const std::string& name);

/// A file with this text in a folder that goes with the test process. Returns its path.
std::string WriteFile(const std::string& name, const std::string& text);

}  // namespace scoregate::e2e
