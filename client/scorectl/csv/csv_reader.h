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
  /// `name` stands for the stream in messages ("-": standard input); the stream outlives the
  /// reader.
  CsvReader(std::istream& stream, std::string name);
  ~CsvReader();

  /// The header row and at most `most` rows behind it, every one with as many cells as the header;
  /// at the end the header alone. Or an English sentence that says what is wrong, and in which line
  /// of the file: a row begins there, and may have line ends in its cells. Wrong are also a file
  /// without any row to score, a name that two columns have, and numbers that JSON cannot carry.
  std::variant<std::vector<CsvRow>, std::string> Next(std::size_t most);

 private:
  struct Parser;

  std::string ReadMore();
  std::string ReadHeader();
  std::string Line(std::size_t line) const { return name_ + " line " + std::to_string(line); }
  std::string NotUtf8(const CsvRow& row, std::size_t line) const;

  std::istream& stream_;
  std::string name_;
  std::unique_ptr<Parser> parser_;
  CsvRow header_;
  // Whether Next has given a row behind the header.
  bool gave_rows_ = false;
};

}  // namespace scoregate::scorectl
