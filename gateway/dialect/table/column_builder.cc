#include "gateway/dialect/table/column_builder.h"

#include <absl/strings/match.h>
#include <absl/strings/string_view.h>

#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace scoregate::dialect::table {
namespace {

// The .NET names that ColumnTypes is written with. UInt64 is here because most of its values fit;
// one that does not turns the column into strings.
constexpr std::array<std::pair<std::string_view, ColumnType>, 14> kTypeNames{{
    {"Boolean", ColumnType::kBools},
    {"Byte", ColumnType::kInt64s},
    {"Decimal", ColumnType::kDoubles},
    {"Double", ColumnType::kDoubles},
    {"Float", ColumnType::kDoubles},
    {"Int16", ColumnType::kInt64s},
    {"Int32", ColumnType::kInt64s},
    {"Int64", ColumnType::kInt64s},
    {"Numeric", ColumnType::kDoubles},
    {"SByte", ColumnType::kInt64s},
    {"Single", ColumnType::kDoubles},
    {"UInt16", ColumnType::kInt64s},
    {"UInt32", ColumnType::kInt64s},
    {"UInt64", ColumnType::kInt64s},
}};

bool ParseInt64(std::string_view text, std::int64_t& value) {
  std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

// Plain decimal text and the three words; from_chars alone would take "inf" and "nan(1)" as well.
bool ParseDouble(std::string_view text, double& value) {
  std::size_t first = text.starts_with('-') ? 1 : 0;
  bool plain =
      first < text.size() && ((text[first] >= '0' && text[first] <= '9') || text[first] == '.');
  if (plain) {
    std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), value);
    return end.ec == std::errc() && end.ptr == text.data() + text.size();
  }
  if (text == "NaN") {
    value = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (text != "Infinity" && text != "-Infinity") return false;
  value = first == 0 ? std::numeric_limits<double>::infinity()
                     : -std::numeric_limits<double>::infinity();
  return true;
}

bool IsMissing(const Cell& cell) {
  return cell.kind == CellKind::kString && cell.text.empty();
}

bool HasText(const Cell& cell) {
  return cell.kind == CellKind::kString || cell.kind == CellKind::kInteger ||
         cell.kind == CellKind::kDecimal;
}

}  // namespace

ColumnType ColumnTypeOf(std::string_view name) {
  for (const auto& [known, type] : kTypeNames) {
    if (known.size() != name.size()) continue;
    if (absl::EqualsIgnoreCase(absl::string_view(known.data(), known.size()),
                               absl::string_view(name.data(), name.size()))) {
      return type;
    }
  }
  return ColumnType::kStrings;
}

ColumnBuilder::ColumnBuilder(scoring::v1::Column* column, ColumnType type)
    : column_(column), type_(type), inferred_(type == ColumnType::kInferred) {
  if (!inferred_) Decide(type);
}

bool ColumnBuilder::Put(std::uint32_t row, const Cell& cell) {
  if (rows_ < row) FillTo(row);
  ++rows_;
  if (cell.kind == CellKind::kNull) {
    PutNull();
    return true;
  }
  switch (type_) {
    case ColumnType::kInferred:
      return PutInferred(cell);
    case ColumnType::kInt64s:
      return PutInt64(cell);
    case ColumnType::kDoubles:
      return PutDouble(cell);
    case ColumnType::kBools:
      return PutBool(cell);
    case ColumnType::kStrings:
      PutString(cell);
      return true;
  }
  return false;
}

void ColumnBuilder::Reserve(std::uint32_t rows) {
  const int room = static_cast<int>(rows);
  if (doubles_ != nullptr && type_ == ColumnType::kDoubles) doubles_->Reserve(room);
  if (int64s_ != nullptr && type_ == ColumnType::kInt64s) int64s_->Reserve(room);
  if (bools_ != nullptr && type_ == ColumnType::kBools) bools_->Reserve(room);
  if (strings_ != nullptr && type_ == ColumnType::kStrings) strings_->Reserve(room);
}

void ColumnBuilder::Finish(std::uint32_t rows) {
  FillTo(rows);
  if (type_ == ColumnType::kInferred) Decide(ColumnType::kStrings);
}

void ColumnBuilder::FillTo(std::uint32_t rows) {
  while (rows_ < rows) {
    ++rows_;
    PutNull();
  }
}

void ColumnBuilder::Decide(ColumnType type) {
  type_ = type;
  const int fillers = static_cast<int>(rows_);
  switch (type) {
    case ColumnType::kInt64s:
      int64s_ = column_->mutable_int64s()->mutable_values();
      int64s_->Resize(fillers, 0);
      return;
    case ColumnType::kDoubles:
      doubles_ = column_->mutable_doubles()->mutable_values();
      doubles_->Resize(fillers, 0);
      return;
    case ColumnType::kBools:
      bools_ = column_->mutable_bools()->mutable_values();
      bools_->Resize(fillers, false);
      return;
    case ColumnType::kInferred:
    case ColumnType::kStrings:
      strings_ = column_->mutable_strings()->mutable_values();
      for (int i = 0; i < fillers; ++i) strings_->Add();
      return;
  }
}

// The row is counted already; it is taken back, so that the fillers end before it.
bool ColumnBuilder::PutInferred(const Cell& cell) {
  --rows_;
  switch (cell.kind) {
    case CellKind::kInteger:
      Decide(ColumnType::kInt64s);
      break;
    case CellKind::kDecimal:
      Decide(ColumnType::kDoubles);
      break;
    case CellKind::kTrue:
    case CellKind::kFalse:
      Decide(ColumnType::kBools);
      break;
    case CellKind::kNull:
    case CellKind::kString:
    case CellKind::kNested:
      Decide(ColumnType::kStrings);
      break;
  }
  return Put(rows_, cell);
}

bool ColumnBuilder::PutInt64(const Cell& cell) {
  if (inferred_ && cell.kind == CellKind::kString) return false;
  const bool decimal = cell.kind == CellKind::kDecimal;
  std::int64_t value = 0;
  // A minus zero would be read as an integer here, and lose its sign.
  const bool fits = HasText(cell) && !(inferred_ && decimal);
  if (fits && ParseInt64(cell.text, value)) {
    int64s_->Add(value);
    return true;
  }
  if (inferred_ && (decimal || cell.kind == CellKind::kInteger)) {
    Int64sToDoubles();
    return PutDouble(cell);
  }
  if (!IsMissing(cell)) return false;
  PutNull();
  return true;
}

bool ColumnBuilder::PutDouble(const Cell& cell) {
  if (inferred_ && cell.kind == CellKind::kString) return false;
  double value = 0;
  if (HasText(cell) && ParseDouble(cell.text, value)) {
    doubles_->Add(value);
    return true;
  }
  if (!IsMissing(cell)) return false;
  PutNull();
  return true;
}

bool ColumnBuilder::PutBool(const Cell& cell) {
  const bool is_word = cell.kind == CellKind::kString && !inferred_;
  if (cell.kind == CellKind::kTrue || (is_word && (cell.text == "True" || cell.text == "true"))) {
    bools_->Add(true);
    return true;
  }
  if (cell.kind == CellKind::kFalse ||
      (is_word && (cell.text == "False" || cell.text == "false"))) {
    bools_->Add(false);
    return true;
  }
  if (!is_word || !IsMissing(cell)) return false;
  PutNull();
  return true;
}

void ColumnBuilder::PutString(const Cell& cell) {
  strings_->Add()->assign(cell.text.data(), cell.text.size());
}

void ColumnBuilder::PutNull() {
  column_->add_null_rows(rows_ - 1);
  switch (type_) {
    case ColumnType::kInferred:
      return;
    case ColumnType::kInt64s:
      int64s_->Add(0);
      return;
    case ColumnType::kDoubles:
      doubles_->Add(0);
      return;
    case ColumnType::kBools:
      bools_->Add(false);
      return;
    case ColumnType::kStrings:
      strings_->Add();
      return;
  }
}

void ColumnBuilder::Int64sToDoubles() {
  std::vector<std::int64_t> integers(int64s_->begin(), int64s_->end());
  const std::uint32_t rows = rows_;
  rows_ = 0;
  Decide(ColumnType::kDoubles);
  for (std::int64_t integer : integers) doubles_->Add(static_cast<double>(integer));
  rows_ = rows;
}

}  // namespace scoregate::dialect::table
