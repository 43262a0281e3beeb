#include "tests/dialect/tables.h"

#include <absl/strings/str_cat.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "gateway/dialect/request_check.h"

namespace scoregate::dialect {
namespace {

using scoring::v1::Column;

std::string Shortest(double value) {
  char digits[32];
  return std::string(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

std::string CellText(const Column& column, int row) {
  switch (column.values_case()) {
    case Column::kDoubles:
      return Shortest(column.doubles().values(row));
    case Column::kInt64S:
      return absl::StrCat(column.int64s().values(row));
    case Column::kBools:
      return column.bools().values(row) ? "true" : "false";
    case Column::kStrings:
      return absl::StrCat("\"", column.strings().values(row), "\"");
    case Column::VALUES_NOT_SET:
      return "?";
  }
  return "?";
}

std::string TypeName(const Column& column) {
  switch (column.values_case()) {
    case Column::kDoubles:
      return "doubles";
    case Column::kInt64S:
      return "int64s";
    case Column::kBools:
      return "bools";
    case Column::kStrings:
      return "strings";
    case Column::VALUES_NOT_SET:
      return "nothing";
  }
  return "?";
}

}  // namespace

std::string Describe(const scoring::v1::Table& table) {
  std::string text = "{";
  for (const Column& column : table.columns()) {
    if (text.size() > 1) text += ' ';
    absl::StrAppend(&text, column.name(), ":", TypeName(column), "[");
    auto next_null = column.null_rows().begin();
    for (int row = 0; row < static_cast<int>(RowsOf(column)); ++row) {
      if (row > 0) text += ',';
      bool null =
          next_null != column.null_rows().end() && *next_null == static_cast<std::uint32_t>(row);
      text += null ? "-" : CellText(column, row);
      if (null) ++next_null;
    }
    text += ']';
    if (next_null != column.null_rows().end()) text += "+null_rows beyond the end";
  }
  return text + "}";
}

std::string Describe(const scoring::v1::ScoreResponse& response) {
  std::map<std::string, std::string> sorted;
  for (const auto& [name, table] : response.outputs()) sorted[name] = Describe(table);
  std::string text;
  for (const auto& [name, table] : sorted)
    absl::StrAppend(&text, text.empty() ? "" : " ", name, table);
  return text;
}

scoring::v1::ScoreRequest RequestOf(std::string_view text) {
  scoring::v1::ScoreRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &request)) << text;
  return request;
}

}  // namespace scoregate::dialect
