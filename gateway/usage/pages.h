// What is installed beside a program, written by the program itself out of the very descriptions
// that --help shows, so that the two cannot drift apart.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace scoregate::usage {

/// What a command line does not say of itself.
struct About {
  /// Another manual page, such as "scorectl(1)".
  std::string see_also;
  /// The positional of the command `command` and its usual values; none where empty.
  std::string command;
  std::vector<std::string> values;
};

/// The manual page: all commands with all options and examples, in the language of man(7).
std::string ManPage(CLI::App& app, const About& about);

/// A script for bash: completes commands, flags, the values of flags that are to choose from, and
/// files where a flag takes one.
std::string BashCompletion(CLI::App& app, const About& about);

/// Adds --man-page and --bash-completion, which print the two and end the program. `app` has a
/// version; it and `about` are read when the flag is.
void AddPageFlags(CLI::App& app, About about);

}  // namespace scoregate::usage
