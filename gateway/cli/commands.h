// The subcommands of scoregate: one function each that adds it to the command line.
#pragma once

#include <CLI/CLI.hpp>

namespace scoregate::cli {

inline constexpr int kExitGood = 0;
inline constexpr int kExitRefused = 1;
inline constexpr int kExitUsage = 2;

/// Each adds one subcommand; when it ran, `exit_code` holds what main returns.
void AddServe(CLI::App& app, int& exit_code);
void AddCheck(CLI::App& app, int& exit_code);
void AddEmulator(CLI::App& app, int& exit_code);
void AddDemo(CLI::App& app, int& exit_code);
void AddTranslate(CLI::App& app, int& exit_code);
void AddExplain(CLI::App& app, int& exit_code);
void AddCatalogue(CLI::App& app, int& exit_code);

/// Adds the flags that print the manual page and the completion for bash.
void AddPages(CLI::App& app);

}  // namespace scoregate::cli
