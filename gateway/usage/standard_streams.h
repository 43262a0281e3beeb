// Standard input, output and error as a program needs them: open, and what is written to the output
// either arrives or is said to be missing.
#pragma once

#include <memory>

namespace scoregate::usage {

/// The exit code of a program whose standard output could not be written. Not the 74 of sysexits.h:
/// scorectl's codes from 64 on are gRPC's.
inline constexpr int kExitOutput = 3;

/// Made first in main. Writes std::cout while it lives; one thread at a time. A program that has it
/// also has its descriptors 0 to 2 open from the very first: where one was closed, it is /dev/null,
/// and no file or connection takes its place.
class StandardStreams {
 public:
  StandardStreams();
  ~StandardStreams();
  StandardStreams(const StandardStreams&) = delete;
  StandardStreams& operator=(const StandardStreams&) = delete;

  /// Writes what is left, and says on standard error if anything of the output was lost. Gives what
  /// main returns: `exit_code`, or kExitOutput in place of a good one. A reader that went away
  /// (`| head`) is no news to anybody: 128 + SIGPIPE, and nothing is said.
  int End(int exit_code);

 private:
  class Output;

  std::unique_ptr<Output> output_;
};

}  // namespace scoregate::usage
