// What a person reads who mistyped a command line.
#pragma once

#include <CLI/CLI.hpp>

namespace scoregate::usage {

/// The exit code of a command line that was not understood.
inline constexpr int kExitUsage = 2;

/// Prints help or the version where they were asked for (standard output), else what is wrong and
/// what to type instead (standard error). Gives the exit code.
int ReportParseEnd(const CLI::App& app, const CLI::ParseError& error);

}  // namespace scoregate::usage
