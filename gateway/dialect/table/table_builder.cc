#include "gateway/dialect/table/table_builder.h"

namespace scoregate::dialect::table {

namespace ondemand = simdjson::ondemand;

Reading BeginReading(const ondemand::parser& parser, const StringColumns& as_strings,
                     std::string_view text) {
  Reading reading;
  reading.parser = &parser;
  reading.as_strings = &as_strings;
  reading.reserved_cells_left = text.size();
  reading.end = text.data() + text.size();
  return reading;
}

std::string RowText(std::uint32_t row, std::string_view text) {
  std::string sentence = "row ";
  sentence += std::to_string(row);
  sentence += ' ';
  sentence += text;
  return sentence;
}

TableBuilder::TableBuilder(std::size_t output, Reading& reading, scoring::v1::Table& table,
                           NameColumn name_column)
    : output_(output), reading_(reading), table_(table), name_column_(std::move(name_column)) {}

bool TableBuilder::AddColumn(std::string name, ColumnType type) {
  if (reading_.columns_left == 0) return Fail("it has more columns than are taken");
  --reading_.columns_left;
  scoring::v1::Column* column = table_.add_columns();
  column->set_name(std::move(name));
  if (reading_.as_strings->contains({output_, builders_.size()})) type = ColumnType::kStrings;
  builders_.emplace_back(column, type);
  return true;
}

bool TableBuilder::Put(std::size_t column, ondemand::value& value) {
  if (!ReadCell(value, *reading_.parser, reading_.scratch, cell_)) {
    return Fail(RowText(row_, "holds something that is no JSON value"));
  }
  std::uint32_t missing = row_ - builders_[column].rows();
  if (missing > reading_.missing_cells_left) return Fail("its rows leave out too many columns");
  reading_.missing_cells_left -= missing;
  if (!builders_[column].Put(row_, cell_)) reading_.misfits.emplace(output_, column);
  return true;
}

bool TableBuilder::Finish() {
  for (ColumnBuilder& builder : builders_) {
    std::uint32_t missing = row_ - builder.rows();
    if (missing > reading_.missing_cells_left) return Fail("its rows leave out too many columns");
    reading_.missing_cells_left -= missing;
    builder.Finish(row_);
  }
  return true;
}

// Rows are much alike: the length of the first says how many there may be. On an arena a list that
// grows leaves its smaller selves behind.
void TableBuilder::Reserve(const char* second_row) {
  std::uint64_t row_bytes = static_cast<std::uint64_t>(second_row - first_row_);
  std::uint64_t rows = static_cast<std::uint64_t>(reading_.end - first_row_) / row_bytes;
  std::uint64_t cells = rows * builders_.size();
  if (cells > reading_.reserved_cells_left) return;
  reading_.reserved_cells_left -= cells;
  for (ColumnBuilder& builder : builders_) builder.Reserve(static_cast<std::uint32_t>(rows));
}

bool TableBuilder::PutList(ondemand::array& cells, Extra extra) {
  std::size_t column = 0;
  for (simdjson::simdjson_result<ondemand::value> element : cells) {
    ondemand::value value;
    if (element.get(value) != simdjson::SUCCESS) return Fail(kNotJson);
    if (column == builders_.size()) {
      if (extra == Extra::kRefused) {
        ragged_ = true;
        return Fail(RowText(row_, "has more cells than the table has columns, which is " +
                                      std::to_string(builders_.size())));
      }
      if (!AddColumn(name_column_(column), ColumnType::kInferred)) return false;
    }
    if (!Put(column, value)) return false;
    ++column;
  }
  if (column != builders_.size()) {
    ragged_ = true;
    return Fail(RowText(row_, "has " + std::to_string(column) + " cells, the table has " +
                                  std::to_string(builders_.size()) + " columns"));
  }
  return true;
}

// `column` comes in as a guess.
bool TableBuilder::FindColumn(std::string_view name, std::size_t& column) {
  if (column < builders_.size() &&
      std::string_view(table_.columns(static_cast<int>(column)).name()) == name) {
    return true;
  }
  auto [place, added] = columns_by_name_.try_emplace(std::string(name), builders_.size());
  column = place->second;
  return !added || AddColumn(std::string(name), ColumnType::kInferred);
}

bool TableBuilder::PutMember(ondemand::field& field, std::size_t& column) {
  std::string_view name;
  if (field.unescaped_key().get(name) != simdjson::SUCCESS) return Fail(kNotJson);
  if (!FindColumn(name, column)) return false;
  if (builders_[column].rows() > row_) return Fail(RowText(row_, "names a column twice"));
  return Put(column, field.value());
}

bool TableBuilder::PutObject(ondemand::object& row) {
  std::size_t column = 0;
  for (simdjson::simdjson_result<ondemand::field> element : row) {
    if (element.error() != simdjson::SUCCESS) return Fail(kNotJson);
    // Where it stands: moving what was written a moment ago costs a quarter of the time.
    ondemand::field&& field = std::move(element).value_unsafe();
    if (!PutMember(field, column)) return false;
    // Rows nearly always have the same keys in the same order, though some may be left out.
    ++column;
  }
  return true;
}

}  // namespace scoregate::dialect::table
