// Makes a table of rows that are read off an answer, whatever form the rows have.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <simdjson.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialect/table/column_builder.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::table {

/// Columns that have to be read as strings: the output's place in the answer and the column's.
using StringColumns = std::set<std::pair<std::size_t, std::size_t>>;

// An answer of 16 MiB can name a new key in each row, or a million columns in one row, and would
// become gigabytes of table. These are far above any table that a model makes.

/// Cells that the rows of one answer may leave out.
inline constexpr std::uint64_t kMaxMissingCells = 1'000'000;
/// Columns of all outputs of one answer.
inline constexpr std::uint64_t kMaxColumns = 65'536;

/// What the reading of one answer shares among its outputs.
struct Reading {
  const simdjson::ondemand::parser* parser = nullptr;
  /// Columns to read as strings whatever the answer says.
  const StringColumns* as_strings = nullptr;
  /// Columns that were found not to fit their type in this pass.
  StringColumns misfits;
  std::uint64_t missing_cells_left = kMaxMissingCells;
  std::uint64_t columns_left = kMaxColumns;
  /// Cells that lists may be given room for ahead of time: as many as the answer has bytes.
  std::uint64_t reserved_cells_left = 0;
  /// Where the answer's text ends.
  const char* end = nullptr;
  /// For strings with escapes.
  std::string scratch;
};

/// Readies a reading of `text`, which the parser has begun to iterate.
Reading BeginReading(const simdjson::ondemand::parser& parser, const StringColumns& as_strings,
                     std::string_view text);

/// The sentence's end for text that is no JSON.
inline constexpr char kNotJson[] = "its JSON is broken";
/// "row 3 TEXT".
std::string RowText(std::uint32_t row, std::string_view text);

/// One table while it is read: a builder for each column. What returns bool says whether it went
/// well; if not, wrong() says what is not understood, as the end of a sentence.
class TableBuilder {
 public:
  /// Names the column of that index where the answer does not.
  using NameColumn = std::function<std::string(std::size_t)>;

  /// `output` is the table's place in the answer. Reading and table outlive the builder.
  TableBuilder(std::size_t output, Reading& reading, scoring::v1::Table& table,
               NameColumn name_column);

  bool AddColumn(std::string name, ColumnType type);
  /// Makes room for so many, of which not one need come.
  void ExpectColumns(std::size_t count) { builders_.reserve(count); }
  std::size_t columns() const { return builders_.size(); }
  /// The row that is being read; those before it are complete.
  std::uint32_t row() const { return row_; }

  /// Said before each row with the place of its text: the second one tells how long rows are.
  void BeginRow(const char* text) {
    if (row_ == 0) first_row_ = text;
    if (row_ == 1) Reserve(text);
  }
  void EndRow() { ++row_; }

  /// Whether a list of cells may have more of them than the table has columns.
  enum class Extra { kRefused, kAddsColumns };
  /// A row as a list, cell by cell. Where it goes wrong because of their number, is_ragged().
  bool PutList(simdjson::ondemand::array& cells, Extra extra);
  /// A row as an object; a name that is new adds a column.
  bool PutObject(simdjson::ondemand::object& row);
  bool Put(std::size_t column, simdjson::ondemand::value& value);

  /// Ends the table; rows that a column has left out hold no value.
  bool Finish();

  /// Whether a list had another number of cells than the table has columns.
  bool is_ragged() const { return ragged_; }
  bool Fail(std::string text) {
    wrong_ = std::move(text);
    return false;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  void Reserve(const char* second_row);
  bool FindColumn(std::string_view name, std::size_t& column);
  bool PutMember(simdjson::ondemand::field& field, std::size_t& column);

  const std::size_t output_;
  Reading& reading_;
  scoring::v1::Table& table_;
  const NameColumn name_column_;
  std::vector<ColumnBuilder> builders_;
  absl::flat_hash_map<std::string, std::size_t> columns_by_name_;
  const char* first_row_ = nullptr;
  std::uint32_t row_ = 0;
  bool ragged_ = false;
  Cell cell_;
  std::string wrong_;
};

}  // namespace scoregate::dialect::table
