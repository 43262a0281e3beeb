#include "client/scorectl/csv/csv_table.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "client/scorectl/csv/cells.h"
#include "client/scorectl/csv/number_cells.h"

namespace scoregate::scorectl {
namespace {

std::optional<bool> ParseBool(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

// Fills the column with one type; false as soon as a cell is not of that type.
template <typename Values, typename ParseCell>
bool Fill(const std::vector<CsvRow>& rows, std::size_t index, Values* values, ParseCell parse) {
  bool any = false;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string& cell = rows[i][index];
    if (cell.empty()) {
      values->add_values(typename decltype(parse(cell))::value_type());
      continue;
    }
    auto value = parse(cell);
    if (!value) return false;
    values->add_values(*value);
    any = true;
  }
  return any;
}

void FillColumn(const std::vector<CsvRow>& rows, std::size_t index, scoring::v1::Column& column) {
  column.set_name(rows[0][index]);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i][index].empty()) column.add_null_rows(static_cast<std::uint32_t>(i - 1));
  }
  auto text = [](const std::string& cell) { return std::optional<std::string>(cell); };
  if (Fill(rows, index, column.mutable_bools(), ParseBool)) return;
  if (Fill(rows, index, column.mutable_int64s(), ParseNumber<std::int64_t>)) return;
  if (Fill(rows, index, column.mutable_doubles(), ParseNumber<double>)) return;
  Fill(rows, index, column.mutable_strings(), text);
}

std::string Quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
  std::string quoted = "\"";
  for (char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

scoring::v1::Table TableOf(const std::vector<CsvRow>& rows) {
  scoring::v1::Table table;
  for (std::size_t i = 0; i < rows[0].size(); ++i) FillColumn(rows, i, *table.add_columns());
  return table;
}

std::variant<scoring::v1::Table, std::string> ParseCsv(const std::string& text,
                                                       const std::string& name) {
  std::istringstream stream(text);
  CsvReader reader(stream, name);
  auto read = reader.Next(kAllRows);
  if (read.index() == 1) return std::get<1>(read);
  return TableOf(std::get<0>(read));
}

std::string CsvLine(const CsvRow& row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) line += (i == 0 ? "" : ",") + Quoted(row[i]);
  return line + '\n';
}

std::string WriteCsv(const scoring::v1::Table& table) {
  std::string text;
  for (int c = 0; c < table.columns_size(); ++c) {
    text += (c == 0 ? "" : ",") + Quoted(table.columns(c).name());
  }
  text += '\n';
  std::vector<CellReader> cells(table.columns().begin(), table.columns().end());
  for (int row = 0; row < RowCount(table); ++row) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      text += (c == 0 ? "" : ",") + Quoted(cells[c].Text(row).value_or(""));
    }
    text += '\n';
  }
  return text;
}

}  // namespace scoregate::scorectl
