// scorectl score --chunk: a file of any length in constant memory, over one StreamScore call.
#pragma once

#include <cstddef>
#include <string>

#include "client/scorectl/commands.h"
#include "client/scorectl/print.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::scorectl {

struct ChunkOptions {
  /// Endpoint and global parameters; no inputs.
  scoring::v1::ScoreRequest request;
  std::string input;
  /// A CSV file, or "-".
  std::string path;
  /// Rows a table, at least 1.
  std::size_t rows = 0;
  /// kCsv or kJson.
  Format output = Format::kCsv;
  /// Whether each row's number in the file stands before its scores.
  bool numbered = false;
  /// Where the rows go that were not scored; nowhere where empty.
  std::string failed;
};

/// Sends the rows as tables of that many rows and prints the answers in the order of the rows, as
/// they come. A table whose failure advises a retry is sent again, as often as globals.attempts
/// allows; one that fails for good is reported on standard error and left out. It ends early where
/// no table can be scored, where nothing is answered for globals.timeout, where what it prints
/// cannot be written, and at SIGINT and SIGTERM, which then end the program. Returns the exit code:
/// 0, usage::kExitOutput, or 64 + the gRPC code of the first failure. Throws CLI::ValidationError
/// for a file that cannot be read or written.
int ScoreChunks(const ChunkOptions& options, const Globals& globals);

}  // namespace scoregate::scorectl
