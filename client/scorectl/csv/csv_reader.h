// Rows of a CSV file, some at a time, so that a large file never is in memory as a whole.
#pragma once

#include <cstddef>
#include <istream>
#include <limits>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace scoregate::scorectl {

using CsvRow = std::vector<std::string>;

inline constexpr std::size_t kAllRows = std::numeric_limits<std::size_t>::max();

/// Reads RFC 4180 in UTF-8, with or without a byte order mark. Not shared between threads.
class CsvReader {
 public:
  /// `name` stands for the stream in messages; the stream outlives the reader.
  CsvReader(std::istream& stream, std::string name);
  ~CsvReader();

  /// The header row and at most `most` rows behind it, every one with as many cells as the header;
  /// at the end the header alone. Or an English sentence that says what is wrong and where. A file
  /// without any row to score is wrong.
  std::variant<std::vector<CsvRow>, std::string> Next(std::size_t most);

 private:
  struct Parser;

  std::string ReadMore();
  std::string NotUtf8(const CsvRow& row) const;

  std::istream& stream_;
  std::string name_;
  std::unique_ptr<Parser> parser_;
  CsvRow header_;
  // Rows that Next has given, the header among them.
  std::size_t given_ = 0;
};

}  // namespace scoregate::scorectl
