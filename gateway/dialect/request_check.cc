#include "gateway/dialect/request_check.h"

#include <absl/container/flat_hash_set.h>
#include <absl/strings/string_view.h>

#include <algorithm>
#include <cmath>

#include "gateway/dialect/json_writer.h"

namespace scoregate::dialect {
namespace {

using google::protobuf::Value;
using http::Fault;
using http::FaultKind;
using scoring::v1::Column;
using scoring::v1::Table;

/// Fields are named from the place that is checked on; who checks that place puts its own name
/// before (Within), so that a request that is right costs no names.
using Check = std::optional<Fault>;

Fault Invalid(std::string field, std::string text) {
  return Fault(FaultKind::kRequestInvalid, std::move(field), std::move(text));
}

Check Within(const std::string& place, Check wrong) {
  wrong->field.insert(0, place);
  return wrong;
}

std::string Index(std::string_view list, std::size_t index) {
  std::string path(list);
  path += '[';
  path += std::to_string(index);
  path += ']';
  return path;
}

Check CheckNullRows(const Column& column, std::size_t rows) {
  for (int i = 0; i < column.null_rows_size(); ++i) {
    std::uint32_t row = column.null_rows(i);
    if (row >= rows) {
      return Invalid(Index(".null_rows", static_cast<std::size_t>(i)),
                     "Row " + std::to_string(row) + " is not in the table, which has " +
                         std::to_string(rows) + " rows; the first row is 0.");
    }
    if (i > 0 && row <= column.null_rows(i - 1)) {
      return Invalid(Index(".null_rows", static_cast<std::size_t>(i)),
                     "The rows without a value have to be ascending, each once.");
    }
  }
  return std::nullopt;
}

// JSON has no NaN and no infinity. A missing value is said by null_rows, so a NaN elsewhere is
// refused instead of being guessed at.
Check CheckNumbers(const Column& column) {
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
    return Invalid(Index(".doubles.values", static_cast<std::size_t>(row)),
                   "JSON cannot carry NaN or an infinity; list the row in null_rows to send a "
                   "missing value.");
  }
  return std::nullopt;
}

Check CheckColumn(const Column& column, std::size_t rows) {
  if (column.name().empty()) return Invalid(".name", "The column has no name.");
  if (column.values_case() == Column::VALUES_NOT_SET) {
    return Invalid("", "The column has no values; set one of doubles, int64s, bools, strings.");
  }
  if (RowsOf(column) != rows) {
    return Invalid("", "The column has " + std::to_string(RowsOf(column)) +
                           " rows, the first column has " + std::to_string(rows) + ".");
  }
  if (Check wrong = CheckNullRows(column, rows)) return wrong;
  return column.has_doubles() ? CheckNumbers(column) : std::nullopt;
}

// The names of a table's columns. Few are compared one by one: to hash them takes longer.
class ColumnNames {
 public:
  explicit ColumnNames(const Table& table) : columns_(table.columns()) {
    if (columns_.size() > kFew) seen_.reserve(static_cast<std::size_t>(columns_.size()));
  }

  // Whether an earlier column has that column's name; to be asked of each, in order.
  bool HasEarlier(int index) {
    const std::string& name = columns_[index].name();
    if (columns_.size() > kFew) return !seen_.insert(name).second;
    return std::any_of(columns_.begin(), columns_.begin() + index,
                       [&](const Column& earlier) { return earlier.name() == name; });
  }

 private:
  static constexpr int kFew = 8;

  const google::protobuf::RepeatedPtrField<Column>& columns_;
  absl::flat_hash_set<absl::string_view> seen_;
};

Check CheckTable(const Table& table) {
  if (table.columns().empty()) return Invalid(".columns", "The table has no column.");
  std::size_t rows = RowsOf(table.columns(0));
  ColumnNames names(table);
  for (int i = 0; i < table.columns_size(); ++i) {
    Check wrong = CheckColumn(table.columns(i), rows);
    if (!wrong && names.HasEarlier(i)) {
      wrong = Invalid(".name", "An earlier column of the table has the same name.");
    }
    if (wrong) return Within(Index(".columns", static_cast<std::size_t>(i)), std::move(wrong));
  }
  return std::nullopt;
}

Check CheckValue(const Value& value, int depth_left) {
  bool nests = value.has_list_value() || value.has_struct_value();
  if (nests && depth_left == 0) {
    return Invalid(
        "", "The value is nested deeper than " + std::to_string(kMaxParameterDepth) + " levels.");
  }
  switch (value.kind_case()) {
    case Value::kNumberValue:
      if (std::isfinite(value.number_value())) return std::nullopt;
      return Invalid("", "JSON cannot carry NaN or an infinity.");
    case Value::kListValue:
      for (int i = 0; i < value.list_value().values_size(); ++i) {
        Check wrong = CheckValue(value.list_value().values(i), depth_left - 1);
        if (wrong) return Within(Index("", static_cast<std::size_t>(i)), std::move(wrong));
      }
      return std::nullopt;
    case Value::kStructValue:
      for (const auto* member : SortedMembers(value.struct_value().fields())) {
        Check wrong = CheckValue(member->second, depth_left - 1);
        if (wrong) return Within(FieldOf("", member->first), std::move(wrong));
      }
      return std::nullopt;
    case Value::kStringValue:
    case Value::kBoolValue:
    case Value::kNullValue:
      return std::nullopt;
    case Value::KIND_NOT_SET:
      return Invalid("", "The value is not set.");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fault> CheckScoreRequest(const scoring::v1::ScoreRequest& request) {
  if (request.endpoint().empty()) return Invalid("endpoint", "The request names no endpoint.");
  if (request.inputs().empty()) return Invalid("inputs", "The request has no input.");
  for (const auto* input : SortedMembers(request.inputs())) {
    Check wrong =
        input->first.empty() ? Invalid("", "The input has no name.") : CheckTable(input->second);
    if (wrong) return Within(FieldOf("inputs", input->first), std::move(wrong));
  }
  return CheckParameters(request.global_parameters());
}

std::optional<Fault> CheckParameters(const Parameters& parameters) {
  for (const auto* parameter : SortedMembers(parameters)) {
    Check wrong = parameter->first.empty() ? Invalid("", "The parameter has no name.")
                                           : CheckValue(parameter->second, kMaxParameterDepth);
    if (wrong) return Within(FieldOf("global_parameters", parameter->first), std::move(wrong));
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
