#include "gateway/dialect/classic/encode.h"

#include <utility>
#include <vector>

#include "gateway/dialect/json_writer.h"
#include "gateway/dialect/request_check.h"

namespace scoregate::dialect::classic {
namespace {

using endpoint::RequestFormat;
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

std::vector<Cursor> CursorsOf(const Table& table, RequestFormat format) {
  std::vector<Cursor> cursors;
  cursors.reserve(static_cast<std::size_t>(table.columns_size()));
  for (const Column& column : table.columns()) {
    Cursor cursor{&column, ""};
    if (format == RequestFormat::kRows) {
      AppendJsonString(cursor.prefix, column.name());
      cursor.prefix += ':';
    }
    cursors.push_back(std::move(cursor));
  }
  return cursors;
}

// Rows between the brackets of their list; false once the limit is passed.
bool AppendRows(std::string& out, const Table& table, RequestFormat format, std::size_t max_bytes) {
  const bool objects = format == RequestFormat::kRows;
  std::vector<Cursor> cursors = CursorsOf(table, format);
  const int rows = static_cast<int>(RowsOf(table.columns(0)));
  out += '[';
  for (int row = 0; row < rows; ++row) {
    if (row > 0) out += ',';
    out += objects ? '{' : '[';
    for (Cursor& cursor : cursors) {
      if (&cursor != cursors.data()) out += ',';
      out += cursor.prefix;
      AppendCell(out, cursor, row);
    }
    out += objects ? '}' : ']';
    if (out.size() > max_bytes) return false;
  }
  out += ']';
  return true;
}

bool AppendTable(std::string& out, const Table& table, RequestFormat format,
                 std::size_t max_bytes) {
  if (format == RequestFormat::kRows) return AppendRows(out, table, format, max_bytes);
  out += R"({"ColumnNames":[)";
  for (const Column& column : table.columns()) {
    if (&column != &table.columns(0)) out += ',';
    AppendJsonString(out, column.name());
  }
  out += R"(],"Values":)";
  if (!AppendRows(out, table, format, max_bytes)) return false;
  out += '}';
  return true;
}

// A first guess at the length: growing a large string copies it.
std::size_t GuessBytes(const scoring::v1::ScoreRequest& request) {
  constexpr std::size_t kBytesPerCell = 12;
  std::size_t bytes = 256;
  for (const auto& [name, table] : request.inputs()) {
    bytes +=
        static_cast<std::size_t>(table.columns_size()) * RowsOf(table.columns(0)) * kBytesPerCell;
  }
  return bytes;
}

}  // namespace

std::optional<std::string> EncodeTables(const scoring::v1::ScoreRequest& request,
                                        RequestFormat format, std::size_t max_bytes) {
  std::string out;
  out.reserve(std::min(GuessBytes(request), max_bytes));
  out += R"({"Inputs":{)";
  const auto inputs = SortedMembers(request.inputs());
  for (const auto* input : inputs) {
    if (input != inputs.front()) out += ',';
    AppendJsonString(out, input->first);
    out += ':';
    if (!AppendTable(out, input->second, format, max_bytes)) return std::nullopt;
  }
  out += R"(},"GlobalParameters":{)";
  const auto parameters = SortedMembers(request.global_parameters());
  for (const auto* parameter : parameters) {
    if (parameter != parameters.front()) out += ',';
    AppendJsonString(out, parameter->first);
    out += ':';
    AppendJsonValue(out, parameter->second);
    if (out.size() > max_bytes) return std::nullopt;
  }
  out += "}}";
  if (out.size() > max_bytes) return std::nullopt;
  return out;
}

}  // namespace scoregate::dialect::classic
