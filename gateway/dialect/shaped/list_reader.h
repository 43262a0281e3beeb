// Reads a list of rows, as model servers answer, into columns of a table.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "gateway/dialect/table/table_builder.h"

namespace scoregate::dialect::shaped {

/// What a list of rows is, beside its elements.
struct ListOrder {
  /// The list's place in the answer.
  std::size_t index = 0;
  /// What its columns are called: "output", "output_0".
  std::string_view name;
  /// Declared names for columns that the list does not name; empty: none are declared.
  const std::vector<std::string>* declared = nullptr;
  /// Whether objects are rows; otherwise they are cells.
  bool objects_are_rows = true;
};

/// Adds the list's columns to a table, which has none yet where objects may be rows. Returns an
/// empty text, or what is not understood; `rows` is then without meaning. Where rows turn out to be
/// of different kinds or lengths, the list is among the reading's misfits, and the next pass reads
/// each row as one cell.
std::string ReadList(simdjson::ondemand::array& list, const ListOrder& order,
                     table::Reading& reading, scoring::v1::Table& table, std::uint32_t& rows);

}  // namespace scoregate::dialect::shaped
