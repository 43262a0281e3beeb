// Runs another program and takes what it prints.
#pragma once

#include <string>
#include <vector>

namespace scoregate::cli {

/// What a program that has ended left behind.
struct ProgramEnd {
  /// -1 where it could not be started or a signal ended it.
  int exit_code = -1;
  /// Standard output and standard error, as they came.
  std::string output;
};

/// Runs `command` (the first word is a path) to its end, without standard input.
ProgramEnd RunProgram(const std::vector<std::string>& command);

/// The path of a program that stands beside this one.
std::string ProgramBeside(const std::string& name);

}  // namespace scoregate::cli
