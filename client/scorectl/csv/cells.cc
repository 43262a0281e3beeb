#include "client/scorectl/csv/cells.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace scoregate::scorectl {
namespace {

std::string Shortest(double value) {
  std::array<char, 32> buffer;
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), end);
}

int Size(const scoring::v1::Column& column) {
  switch (column.values_case()) {
    case scoring::v1::Column::kDoubles:
      return column.doubles().values_size();
    case scoring::v1::Column::kInt64S:
      return column.int64s().values_size();
    case scoring::v1::Column::kBools:
      return column.bools().values_size();
    case scoring::v1::Column::kStrings:
      return column.strings().values_size();
    case scoring::v1::Column::VALUES_NOT_SET:
      return 0;
  }
  return 0;
}

}  // namespace

CellReader::CellReader(const scoring::v1::Column& column)
    : column_(column), null_rows_(column.null_rows().begin(), column.null_rows().end()) {}

std::optional<std::string> CellReader::Text(int row) const {
  if (row >= Size(column_) || null_rows_.contains(static_cast<std::uint32_t>(row))) {
    return std::nullopt;
  }
  switch (column_.values_case()) {
    case scoring::v1::Column::kDoubles:
      return Shortest(column_.doubles().values(row));
    case scoring::v1::Column::kInt64S:
      return std::to_string(column_.int64s().values(row));
    case scoring::v1::Column::kBools:
      return column_.bools().values(row) ? "true" : "false";
    case scoring::v1::Column::kStrings:
      return column_.strings().values(row);
    case scoring::v1::Column::VALUES_NOT_SET:
      break;
  }
  return std::nullopt;
}

int RowCount(const scoring::v1::Table& table) {
  int rows = 0;
  for (const scoring::v1::Column& column : table.columns()) rows = std::max(rows, Size(column));
  return rows;
}

}  // namespace scoregate::scorectl
