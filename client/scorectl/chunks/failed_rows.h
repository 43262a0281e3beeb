// The rows of a long file that were not scored: why, which, and where they lie to be scored again.
#pragma once

#include <cstddef>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "client/score_error.h"
#include "client/scorectl/chunks/file_rows.h"
#include "client/scorectl/csv/csv_reader.h"

namespace scoregate::scorectl {

/// For one thread. Rows are added in the order of the file.
class FailedRows {
 public:
  /// `path`: where the failed rows go, as CSV with the header; nowhere where empty. Throws
  /// CLI::ValidationError where that cannot be written, or is `input` itself.
  FailedRows(const std::string& path, const std::string& input);

  /// `text`: the header and those rows, for the file.
  void Add(RowRange rows, const client::ScoreError& error, const std::vector<CsvRow>& text);
  /// Writes what is left to the file. A sentence where any of it could not be written; else empty.
  std::string Finish();

  std::size_t rows() const { return rows_; }
  std::size_t tables() const { return tables_; }
  /// Whether all that went to the file so far has been written.
  bool written() const { return path_.empty() || file_.good(); }
  bool has_file() const { return !path_.empty(); }
  /// A line a reason: all rows that failed so, neighbors as one range, and what the first said.
  std::string Reasons() const;

 private:
  struct Reason {
    std::size_t order = 0;
    std::string message;
    std::vector<RowRange> ranges;
  };

  const std::string path_;
  std::ofstream file_;
  std::map<std::string, Reason> reasons_;
  std::size_t rows_ = 0;
  std::size_t tables_ = 0;
};

}  // namespace scoregate::scorectl
