#include "gateway/dialect/table/rows_writer.h"

#include <utility>
#include <vector>

#include "gateway/dialect/json_writer.h"
#include "gateway/dialect/request_check.h"

namespace scoregate::dialect::table {
namespace {

using scoring::v1::Column;
using scoring::v1::Table;

// A column while its cells are written row by row.
struct Cursor {
  const Column* column;
  /// `"name":` where rows are objects, else empty.
  std::string prefix;
  /// The next element of null_rows to come.
  int next_null = 0;

  bool IsNull(int row) {
    if (next_null == column->null_rows_size()) return false;
    if (column->null_rows(next_null) != static_cast<std::uint32_t>(row)) return false;
    ++next_null;
    return true;
  }
};

void AppendCell(std::string& out, Cursor& cursor, int row) {
  const Column& column = *cursor.column;
  if (cursor.IsNull(row)) {
    out += "null";
    return;
  }
  switch (column.values_case()) {
    case Column::kDoubles:
      AppendJsonDouble(out, column.doubles().values(row));
      return;
    case Column::kInt64S:
      AppendJsonInt(out, column.int64s().values(row));
      return;
    case Column::kBools:
      out += column.bools().values(row) ? "true" : "false";
      return;
    case Column::kStrings:
      AppendJsonString(out, column.strings().values(row));
      return;
    case Column::VALUES_NOT_SET:
      return;
  }
}

std::vector<Cursor> CursorsOf(const Table& table, RowForm form) {
  std::vector<Cursor> cursors;
  cursors.reserve(static_cast<std::size_t>(table.columns_size()));
  for (const Column& column : table.columns()) {
    Cursor cursor{&column, ""};
    if (form == RowForm::kObjects) {
      AppendJsonString(cursor.prefix, column.name());
      cursor.prefix += ':';
    }
    cursors.push_back(std::move(cursor));
  }
  return cursors;
}

}  // namespace

bool AppendRows(std::string& out, const Table& table, RowForm form, std::size_t max_bytes) {
  const bool objects = form == RowForm::kObjects;
  std::vector<Cursor> cursors = CursorsOf(table, form);
  const int rows = static_cast<int>(RowsOf(table.columns(0)));
  out += '[';
  for (int row = 0; row < rows; ++row) {
    if (row > 0) out += ',';
    out += objects ? '{' : '[';
    for (Cursor& cursor : cursors) {
      if (&cursor != cursors.data()) out += ',';
      if (objects) out += cursor.prefix;
      AppendCell(out, cursor, row);
    }
    out += objects ? '}' : ']';
    if (out.size() > max_bytes) return false;
  }
  out += ']';
  return true;
}

void AppendColumnNames(std::string& out, const Table& table) {
  out += '[';
  for (const Column& column : table.columns()) {
    if (&column != &table.columns(0)) out += ',';
    AppendJsonString(out, column.name());
  }
  out += ']';
}

std::size_t GuessBytes(const scoring::v1::ScoreRequest& request) {
  constexpr std::size_t kBytesPerCell = 12;
  std::size_t bytes = 256;
  for (const auto& [name, table] : request.inputs()) {
    bytes +=
        static_cast<std::size_t>(table.columns_size()) * RowsOf(table.columns(0)) * kBytesPerCell;
  }
  return bytes;
}

}  // namespace scoregate::dialect::table
