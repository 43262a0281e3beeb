#include "gateway/dialect/request_check.h"

#include <absl/container/flat_hash_set.h>
#include <absl/strings/string_view.h>

#include <cmath>

#include "gateway/dialect/json_writer.h"

namespace scoregate::dialect {
namespace {

using google::protobuf::Value;
using http::Fault;
using http::FaultKind;
using scoring::v1::Column;
using scoring::v1::Table;

using Check = std::optional<Fault>;

Fault Invalid(std::string field, std::string text) {
  return Fault(FaultKind::kRequestInvalid, std::move(field), std::move(text));
}

std::string Index(std::string_view list, std::size_t index) {
  std::string path(list);
  path += '[';
  path += std::to_string(index);
  path += ']';
  return path;
}

Check CheckNullRows(const Column& column, const std::string& field, std::size_t rows) {
  for (int i = 0; i < column.null_rows_size(); ++i) {
    std::uint32_t row = column.null_rows(i);
    if (row >= rows) {
      return Invalid(Index(field + ".null_rows", static_cast<std::size_t>(i)),
                     "Row " + std::to_string(row) + " is not in the table, which has " +
                         std::to_string(rows) + " rows; the first row is 0.");
    }
    if (i > 0 && row <= column.null_rows(i - 1)) {
      return Invalid(Index(field + ".null_rows", static_cast<std::size_t>(i)),
                     "The rows without a value have to be ascending, each once.");
    }
  }
  return std::nullopt;
}

// JSON has no NaN and no infinity. A missing value is said by null_rows, so a NaN elsewhere is
// refused instead of being guessed at.
Check CheckNumbers(const Column& column, const std::string& field) {
  const auto& values = column.doubles().values();
  int next_null = 0;
  for (int row = 0; row < values.size(); ++row) {
    if (std::isfinite(values[row])) continue;
    while (next_null < column.null_rows_size() &&
           column.null_rows(next_null) < static_cast<std::uint32_t>(row)) {
      ++next_null;
    }
    if (next_null < column.null_rows_size() &&
        column.null_rows(next_null) == static_cast<std::uint32_t>(row)) {
      continue;
    }
    return Invalid(Index(field + ".doubles.values", static_cast<std::size_t>(row)),
                   "JSON cannot carry NaN or an infinity; list the row in null_rows to send a "
                   "missing value.");
  }
  return std::nullopt;
}

Check CheckColumn(const Column& column, const std::string& field, std::size_t rows) {
  if (column.name().empty()) return Invalid(field + ".name", "The column has no name.");
  if (column.values_case() == Column::VALUES_NOT_SET) {
    return Invalid(field, "The column has no values; set one of doubles, int64s, bools, strings.");
  }
  if (RowsOf(column) != rows) {
    return Invalid(field, "The column has " + std::to_string(RowsOf(column)) +
                              " rows, the first column has " + std::to_string(rows) + ".");
  }
  if (Check wrong = CheckNullRows(column, field, rows)) return wrong;
  return column.has_doubles() ? CheckNumbers(column, field) : std::nullopt;
}

Check CheckTable(const Table& table, const std::string& field) {
  if (table.columns().empty()) return Invalid(field + ".columns", "The table has no column.");
  std::size_t rows = RowsOf(table.columns(0));
  absl::flat_hash_set<absl::string_view> names;
  for (int i = 0; i < table.columns_size(); ++i) {
    const Column& column = table.columns(i);
    std::string column_field = Index(field + ".columns", static_cast<std::size_t>(i));
    if (Check wrong = CheckColumn(column, column_field, rows)) return wrong;
    if (!names.insert(column.name()).second) {
      return Invalid(column_field + ".name", "An earlier column of the table has the same name.");
    }
  }
  return std::nullopt;
}

Check CheckValue(const Value& value, const std::string& field, int depth_left) {
  bool nests = value.has_list_value() || value.has_struct_value();
  if (nests && depth_left == 0) {
    return Invalid(field, "The value is nested deeper than " + std::to_string(kMaxParameterDepth) +
                              " levels.");
  }
  switch (value.kind_case()) {
    case Value::kNumberValue:
      if (std::isfinite(value.number_value())) return std::nullopt;
      return Invalid(field, "JSON cannot carry NaN or an infinity.");
    case Value::kListValue:
      for (int i = 0; i < value.list_value().values_size(); ++i) {
        Check wrong = CheckValue(value.list_value().values(i),
                                 Index(field, static_cast<std::size_t>(i)), depth_left - 1);
        if (wrong) return wrong;
      }
      return std::nullopt;
    case Value::kStructValue:
      for (const auto* member : SortedMembers(value.struct_value().fields())) {
        Check wrong = CheckValue(member->second, FieldOf(field, member->first), depth_left - 1);
        if (wrong) return wrong;
      }
      return std::nullopt;
    case Value::kStringValue:
    case Value::kBoolValue:
    case Value::kNullValue:
      return std::nullopt;
    case Value::KIND_NOT_SET:
      return Invalid(field, "The value is not set.");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fault> CheckScoreRequest(const scoring::v1::ScoreRequest& request) {
  if (request.endpoint().empty()) return Invalid("endpoint", "The request names no endpoint.");
  if (request.inputs().empty()) return Invalid("inputs", "The request has no input.");
  for (const auto* input : SortedMembers(request.inputs())) {
    std::string field = FieldOf("inputs", input->first);
    if (input->first.empty()) return Invalid(field, "The input has no name.");
    if (Check wrong = CheckTable(input->second, field)) return wrong;
  }
  return CheckParameters(request.global_parameters());
}

std::optional<Fault> CheckParameters(const Parameters& parameters) {
  for (const auto* parameter : SortedMembers(parameters)) {
    std::string field = FieldOf("global_parameters", parameter->first);
    if (parameter->first.empty()) return Invalid(field, "The parameter has no name.");
    if (Check wrong = CheckValue(parameter->second, field, kMaxParameterDepth)) return wrong;
  }
  return std::nullopt;
}

std::size_t RowsOf(const Column& column) {
  int rows = 0;
  switch (column.values_case()) {
    case Column::kDoubles:
      rows = column.doubles().values_size();
      break;
    case Column::kInt64S:
      rows = column.int64s().values_size();
      break;
    case Column::kBools:
      rows = column.bools().values_size();
      break;
    case Column::kStrings:
      rows = column.strings().values_size();
      break;
    case Column::VALUES_NOT_SET:
      break;
  }
  return static_cast<std::size_t>(rows);
}

std::string FieldOf(std::string_view map, std::string_view key) {
  std::string field(map);
  field += '[';
  AppendJsonString(field, key);
  field += ']';
  return field;
}

}  // namespace scoregate::dialect
