#include "gateway/dialect/shaped/list_reader.h"

#include <limits>

#include "gateway/dialect/trimmed.h"

namespace scoregate::dialect::shaped {
namespace {

namespace ondemand = simdjson::ondemand;
using table::ColumnType;
using table::TableBuilder;

// Stands for a whole list among the columns that have to be read otherwise.
constexpr std::size_t kWholeRows = std::numeric_limits<std::size_t>::max();

// What an element of the list is, by its first byte.
enum class Kind { kUnknown, kNull, kObject, kList, kCell };

Kind KindOf(std::string_view token) {
  if (token.starts_with('{')) return Kind::kObject;
  if (token.starts_with('[')) return Kind::kList;
  return token.starts_with("null") && Trimmed(token) == "null" ? Kind::kNull : Kind::kCell;
}

class ListReader {
 public:
  ListReader(const ListOrder& order, table::Reading& reading, scoring::v1::Table& table)
      : order_(order),
        reading_(reading),
        builder_(order.index, reading, table,
                 [this](std::size_t column) { return NameOf(column); }) {
    if (reading.as_strings->contains({order.index, kWholeRows})) rows_are_ = Kind::kCell;
  }

  // Whether it went well; if not, wrong() says why.
  bool Read(ondemand::array& list) {
    for (simdjson::simdjson_result<ondemand::value> element : list) {
      ondemand::value value;
      if (element.get(value) != simdjson::SUCCESS) return builder_.Fail(table::kNotJson);
      if (!ReadRow(value)) return builder_.is_ragged() && ReadAgainAsCells();
      if (again_) return true;
      builder_.EndRow();
    }
    return Finish();
  }

  const std::string& wrong() const { return builder_.wrong(); }
  std::uint32_t rows() const { return builder_.row(); }

 private:
  bool ReadRow(ondemand::value& value) {
    std::string_view token = value.raw_json_token();
    builder_.BeginRow(token.data());
    const Kind kind = KindOf(token);
    if (kind == Kind::kNull) return true;
    const bool first = rows_are_ == Kind::kUnknown;
    if (first) rows_are_ = kind == Kind::kObject && !order_.objects_are_rows ? Kind::kCell : kind;
    if (rows_are_ == Kind::kCell) return PutCell(value);
    if (kind != rows_are_) return ReadAgainAsCells();
    if (kind == Kind::kObject) {
      ondemand::object row;
      if (value.get_object().get(row) != simdjson::SUCCESS) return builder_.Fail(table::kNotJson);
      return builder_.PutObject(row);
    }
    ondemand::array cells;
    if (value.get_array().get(cells) != simdjson::SUCCESS) return builder_.Fail(table::kNotJson);
    using Extra = TableBuilder::Extra;
    if (!builder_.PutList(cells, first ? Extra::kAddsColumns : Extra::kRefused)) return false;
    return builder_.columns() > 0 || ReadAgainAsCells();
  }

  bool PutCell(ondemand::value& value) {
    if (builder_.columns() == 0 && !builder_.AddColumn(NameOf(0), ColumnType::kInferred)) {
      return false;
    }
    return builder_.Put(0, value);
  }

  bool ReadAgainAsCells() {
    reading_.misfits.emplace(order_.index, kWholeRows);
    again_ = true;
    return true;
  }

  bool Finish() {
    if (rows_are_ == Kind::kUnknown) {
      for (std::size_t i = 0; i < ColumnsWithoutValues(); ++i) {
        if (!builder_.AddColumn(NameOf(i), ColumnType::kStrings)) return false;
      }
    }
    const bool named_by_the_answer = rows_are_ == Kind::kObject;
    if (declared() > 0 && !named_by_the_answer && declared() != builder_.columns()) {
      return builder_.Fail("it has " + std::to_string(builder_.columns()) +
                           " columns, and output_columns names " + std::to_string(declared()));
    }
    return builder_.Finish();
  }

  // A list that is empty or all nulls has no value to count columns by. A named one is a column.
  std::size_t ColumnsWithoutValues() const {
    if (declared() > 0) return declared();
    const bool is_named = !order_.objects_are_rows;
    return is_named || builder_.row() > 0 ? 1 : 0;
  }

  std::size_t declared() const { return order_.declared == nullptr ? 0 : order_.declared->size(); }

  std::string NameOf(std::size_t column) const {
    if (column < declared()) return (*order_.declared)[column];
    std::string name(order_.name);
    if (rows_are_ == Kind::kList) name += "_" + std::to_string(column);
    return name;
  }

  const ListOrder& order_;
  table::Reading& reading_;
  TableBuilder builder_;
  Kind rows_are_ = Kind::kUnknown;
  bool again_ = false;
};

}  // namespace

std::string ReadList(ondemand::array& list, const ListOrder& order, table::Reading& reading,
                     scoring::v1::Table& table, std::uint32_t& rows) {
  ListReader reader(order, reading, table);
  if (!reader.Read(list)) return reader.wrong();
  rows = reader.rows();
  return "";
}

}  // namespace scoregate::dialect::shaped
