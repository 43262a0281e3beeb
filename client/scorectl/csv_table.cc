#include "client/scorectl/csv_table.h"

#include <csv.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <vector>

#include "client/scorectl/cells.h"

namespace scoregate::scorectl {
namespace {

using Row = std::vector<std::string>;

struct Collector {
  std::vector<Row> rows;
  Row current;
};

void OnCell(void* cell, std::size_t length, void* collector) {
  static_cast<Collector*>(collector)->current.emplace_back(static_cast<char*>(cell), length);
}

void OnRow(int, void* collector) {
  auto* c = static_cast<Collector*>(collector);
  c->rows.push_back(std::move(c->current));
  c->current.clear();
}

std::variant<std::vector<Row>, std::string> ReadRows(const std::string& text,
                                                     const std::string& name) {
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return name + ": out of memory";
  std::unique_ptr<csv_parser, decltype(&csv_free)> guard(&parser, csv_free);
  Collector collector;
  bool read =
      csv_parse(&parser, text.data(), text.size(), OnCell, OnRow, &collector) == text.size() &&
      csv_fini(&parser, OnCell, OnRow, &collector) == 0;
  if (!read) {
    return name + ": row " + std::to_string(collector.rows.size() + 1) + ": " +
           csv_strerror(csv_error(&parser)) + "; a quote inside a quoted cell is written twice";
  }
  return std::move(collector.rows);
}

template <typename Number>
std::optional<Number> Parse(std::string_view text) {
  Number number{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> ParseBool(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

// Fills the column with one type; false as soon as a cell is not of that type.
template <typename Values, typename ParseCell>
bool Fill(const std::vector<Row>& rows, std::size_t index, Values* values, ParseCell parse) {
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

void FillColumn(const std::vector<Row>& rows, std::size_t index, scoring::v1::Column& column) {
  column.set_name(rows[0][index]);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i][index].empty()) column.add_null_rows(static_cast<std::uint32_t>(i - 1));
  }
  auto text = [](const std::string& cell) { return std::optional<std::string>(cell); };
  if (Fill(rows, index, column.mutable_bools(), ParseBool)) return;
  if (Fill(rows, index, column.mutable_int64s(), Parse<std::int64_t>)) return;
  if (Fill(rows, index, column.mutable_doubles(), Parse<double>)) return;
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

std::variant<scoring::v1::Table, std::string> ParseCsv(const std::string& text,
                                                       const std::string& name) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  bool marked = text.starts_with(kByteOrderMark);
  auto read = ReadRows(marked ? text.substr(kByteOrderMark.size()) : text, name);
  if (read.index() == 1) return std::get<1>(read);
  const std::vector<Row>& rows = std::get<0>(read);
  if (rows.empty()) return name + ": no header row; the first row names the columns";
  if (rows.size() == 1) return name + ": a header row and no rows to score";
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() == rows[0].size()) continue;
    return name + ": row " + std::to_string(i + 1) + " has " + std::to_string(rows[i].size()) +
           " cells, the header has " + std::to_string(rows[0].size());
  }
  scoring::v1::Table table;
  for (std::size_t i = 0; i < rows[0].size(); ++i) FillColumn(rows, i, *table.add_columns());
  return table;
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
