// The cells of a column as text, null apart from any value.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "scoring/v1/scoring.pb.h"

namespace scoregate::scorectl {

/// Reads one column's cells. Holds a reference to the column.
class CellReader {
 public:
  explicit CellReader(const scoring::v1::Column& column);

  /// The cell as text: numbers in their shortest form, booleans as true and false; nothing for a
  /// null cell and for rows beyond the column's end.
  std::optional<std::string> Text(int row) const;

 private:
  const scoring::v1::Column& column_;
  std::unordered_set<std::uint32_t> null_rows_;
};

/// How many rows the table has: the longest column's.
int RowCount(const scoring::v1::Table& table);

}  // namespace scoregate::scorectl
