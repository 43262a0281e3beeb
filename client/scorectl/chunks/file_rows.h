// Rows as a person counts them: through the whole file, from 1, the header left out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "client/score_error.h"

namespace scoregate::scorectl {

struct RowRange {
  std::size_t first = 0;
  std::size_t last = 0;

  std::size_t count() const { return last + 1 - first; }
};

/// "row 5", "rows 1 to 3000, 5001 to 6000, 9000".
std::string RowsText(const std::vector<RowRange>& ranges);

/// The error of a table that holds these rows of the file: whatever it says of "row 2" of the table
/// is said of that row of the file, and a field that is a value of a column has its row added.
client::ScoreError InRowsOfFile(client::ScoreError error, RowRange rows);

}  // namespace scoregate::scorectl
