// What a long file leaves behind: scored rows on standard output, failed ones told and kept.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "client/scorectl/chunks/failed_rows.h"
#include "client/scorectl/chunks/score_chunks.h"
#include "client/scorectl/chunks/tables.h"
#include "client/scorectl/progress_line.h"

namespace scoregate::scorectl {

/// For one thread. Tables come in the order of the file.
class ScoredRows {
 public:
  /// `size`: of the file in bytes, where it has one. Throws as FailedRows.
  ScoredRows(const ChunkOptions& options, std::optional<std::size_t> size);

  void Print(const AnsweredTable& answered);
  /// What a person at a terminal is told meanwhile.
  void ShowWaiting(const std::string& line) { terminal_.Show(line); }
  /// Whether all that was printed so far could be written.
  bool written() const;

  /// What is left to say of the rows when all is over. `broken_off`: not at the end of the file.
  void Sum(bool broken_off);
  std::size_t scored() const { return scored_; }
  /// The first row that has neither been scored nor failed.
  std::size_t next() const { return scored_ + failed_.rows() + 1; }
  FailedRows& failed() { return failed_; }
  /// 0, or 64 + the gRPC code of the first failure.
  int exit_code() const { return exit_code_; }

 private:
  void PrintScores(const AnsweredTable& answered);
  void Report(const AnsweredTable& answered);
  void ShowProgress();

  const ChunkOptions& options_;
  const std::optional<std::size_t> size_;
  Terminal terminal_;
  FailedRows failed_;
  std::string header_;
  // One table speaks for all.
  bool warned_ = false;
  std::size_t scored_ = 0;
  std::size_t printed_end_ = 0;
  int exit_code_ = 0;
  std::chrono::steady_clock::time_point next_progress_;
};

}  // namespace scoregate::scorectl
