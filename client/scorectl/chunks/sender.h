// Reads one file by tables and sends them over one call.
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>

#include "client/score_stream.h"
#include "client/scorectl/chunks/score_chunks.h"
#include "client/scorectl/chunks/tables.h"
#include "client/scorectl/csv/csv_reader.h"

namespace scoregate::scorectl {

/// Run is for a thread of its own; the rest is read when that has ended.
class Sender {
 public:
  Sender(const ChunkOptions& options, std::istream& file, client::ScoreStream& stream,
         Tables& tables);

  /// Sends everything, and again what has to be; ends when all is answered, the call is over, or
  /// nothing more is worth sending.
  void Run();

  /// Why a file that is no CSV was not read to its end; else empty.
  const std::string& wrong() const { return wrong_; }
  /// The first row that was read and not sent; nothing where all were.
  std::optional<std::size_t> first_unsent() const { return first_unsent_; }

 private:
  std::optional<FileTable> Read();

  const ChunkOptions& options_;
  CsvReader reader_;
  client::ScoreStream& stream_;
  Tables& tables_;
  std::size_t read_rows_ = 0;
  std::size_t read_bytes_ = 0;
  std::string wrong_;
  std::optional<std::size_t> first_unsent_;
};

}  // namespace scoregate::scorectl
