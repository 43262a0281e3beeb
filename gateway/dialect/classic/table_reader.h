// Reads one output of an answer into a table, in either form that classic writes.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "gateway/dialect/classic/column_builder.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::classic {

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

/// Reads the output that stands at place `output` of the answer. Returns an empty text, or what is
/// not understood, as the end of the sentence "The output "x" is not understood: ...".
std::string ReadTable(simdjson::ondemand::value value, std::size_t output, Reading& reading,
                      scoring::v1::Table& table);

/// What an unnamed column is called: "Col1" for the first, as Studio itself calls columns of data
/// without a header.
std::string UnnamedColumn(std::size_t column);

}  // namespace scoregate::dialect::classic
