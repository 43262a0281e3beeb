// CSV files as tables: the header row names the columns, each column's type is what all its cells
// agree on.
#pragma once

#include <string>
#include <variant>

#include "client/scorectl/csv/csv_reader.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::scorectl {

/// The table, or an English sentence that says what is wrong and where ("rows.csv line 3 has 4
/// cells, the header has 5"). `name` stands for the text in messages.
///
/// Types: all cells true/false (any case) -> bools; all whole numbers of 64 bits -> int64s; all
/// numbers -> doubles; else strings. An empty cell holds no value (null) in a typed column and in a
/// column of strings alike; "" in quotes does so too, because CSV cannot tell them apart.
std::variant<scoring::v1::Table, std::string> ParseCsv(const std::string& text,
                                                       const std::string& name);

/// A table of rows that have as many cells each as the first, which names the columns.
scoring::v1::Table TableOf(const std::vector<CsvRow>& rows);

/// A row as CSV, with the line's end; cells are quoted where they must be.
std::string CsvLine(const CsvRow& row);

/// The table as CSV with a header row; cells are quoted where they must be, null cells are empty.
std::string WriteCsv(const scoring::v1::Table& table);

}  // namespace scoregate::scorectl
