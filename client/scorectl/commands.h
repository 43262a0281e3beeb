// The subcommands of scorectl, one function each that adds it to the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace scoregate::scorectl {

/// Exit codes: 0 done, 2 usage, 3 standard output could not be written (usage::kExitOutput), 4 a
/// job that is not done, 64 + gRPC code for a failed call (as grpcurl does).
inline constexpr int kExitUsage = 2;
inline constexpr int kExitNotDone = 4;
inline constexpr int kExitCallFailed = 64;

/// Options that every subcommand shares.
struct Globals {
  std::string address = "127.0.0.1:50051";
  std::string timeout = "30s";
  std::string locale;
  int attempts = 4;
  /// NAME=VALUE, as they were given.
  std::vector<std::string> metadata;
  /// Whether TLS is spoken; each of the files and names below says so too.
  bool tls = false;
  std::string ca_file;
  std::string cert_file;
  std::string key_file;
  std::string server_name;
  /// What main returns; set by the subcommand that ran.
  int exit_code = 0;
};

void AddScore(CLI::App& app, Globals& globals);
void AddEndpoints(CLI::App& app, Globals& globals);
void AddBatch(CLI::App& app, Globals& globals);
void AddReasons(CLI::App& app, Globals& globals);
void AddReport(CLI::App& app, Globals& globals);
void AddHealth(CLI::App& app, Globals& globals);

}  // namespace scoregate::scorectl
