#include "gateway/dialect/classic/table_reader.h"

#include <absl/container/flat_hash_map.h>
#include <absl/strings/string_view.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::dialect::classic {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr char kNotJson[] = "its JSON is broken";

// The first name or type of a list that is null or absent is nothing at all.
using Names = std::optional<std::vector<std::string>>;

std::string RowText(std::uint32_t row, std::string_view text) {
  std::string sentence = "row ";
  sentence += std::to_string(row);
  sentence += ' ';
  sentence += text;
  return sentence;
}

// One table while it is read: a builder for each column.
class TableReader {
 public:
  TableReader(std::size_t output, Reading& reading, scoring::v1::Table& table)
      : output_(output), reading_(reading), table_(table) {}

  // Each says whether it went well; if not, wrong() says what is not understood.
  bool ReadColumnsForm(ondemand::object& object);
  bool ReadRowsForm(ondemand::array& rows);
  bool Fail(std::string text) {
    wrong_ = std::move(text);
    return false;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  bool ReadNames(ondemand::value value, std::string_view member, Names& names);
  bool ReadValues(ondemand::value value);
  void Reserve(const char* first_row, const char* second_row);
  bool ReadRow(ondemand::array& cells);
  bool ReadObjectRow(ondemand::object& row);
  bool PutMember(ondemand::field& field, std::size_t position);
  bool FindColumn(std::string_view name, std::size_t position, std::size_t& column);
  bool AddColumn(std::string name, ColumnType type);
  bool AddNamedColumns();
  bool Put(std::size_t column, ondemand::value value);
  bool Finish();

  std::size_t output_;
  Reading& reading_;
  scoring::v1::Table& table_;
  Names names_;
  Names types_;
  std::vector<ColumnBuilder> builders_;
  absl::flat_hash_map<std::string, std::size_t> columns_by_name_;
  std::uint32_t row_ = 0;
  Cell cell_;
  std::string wrong_;
};

bool TableReader::AddColumn(std::string name, ColumnType type) {
  if (reading_.columns_left == 0) return Fail("it has more columns than are taken");
  --reading_.columns_left;
  scoring::v1::Column* column = table_.add_columns();
  column->set_name(std::move(name));
  if (reading_.as_strings->contains({output_, builders_.size()})) type = ColumnType::kStrings;
  builders_.emplace_back(column, type);
  return true;
}

bool TableReader::Put(std::size_t column, ondemand::value value) {
  if (!ReadCell(value, *reading_.parser, reading_.scratch, cell_)) {
    return Fail(RowText(row_, "holds something that is no JSON value"));
  }
  std::uint32_t missing = row_ - builders_[column].rows();
  if (missing > reading_.missing_cells_left) return Fail("its rows leave out too many columns");
  reading_.missing_cells_left -= missing;
  if (!builders_[column].Put(row_, cell_)) reading_.misfits.emplace(output_, column);
  return true;
}

bool TableReader::Finish() {
  for (ColumnBuilder& builder : builders_) {
    std::uint32_t missing = row_ - builder.rows();
    if (missing > reading_.missing_cells_left) return Fail("its rows leave out too many columns");
    reading_.missing_cells_left -= missing;
    builder.Finish(row_);
  }
  return true;
}

bool TableReader::ReadNames(ondemand::value value, std::string_view member, Names& names) {
  std::string not_a_list = std::string(member) + " is not a list of strings";
  bool absent = false;
  if (value.is_null().get(absent) != simdjson::SUCCESS) return Fail(not_a_list);
  if (absent) return true;
  if (names) return Fail(std::string(member) + " is there twice");
  names.emplace();
  ondemand::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return Fail(not_a_list);
  for (simdjson::simdjson_result<ondemand::value> element : list) {
    ondemand::value name;
    if (std::move(element).get(name) != simdjson::SUCCESS) return Fail(kNotJson);
    if (names->size() == kMaxColumns) return Fail("it has more columns than are taken");
    bool read = ReadCell(name, *reading_.parser, reading_.scratch, cell_);
    if (!read || cell_.kind != CellKind::kString) return Fail(not_a_list);
    names->emplace_back(cell_.text);
  }
  return true;
}

bool TableReader::AddNamedColumns() {
  if (names_ && types_ && names_->size() != types_->size()) {
    return Fail("it has " + std::to_string(names_->size()) + " ColumnNames and " +
                std::to_string(types_->size()) + " ColumnTypes");
  }
  if (!names_ && !types_) return true;
  std::size_t count = names_ ? names_->size() : types_->size();
  builders_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!AddColumn(names_ ? (*names_)[i] : UnnamedColumn(i),
                   types_ ? ColumnTypeOf((*types_)[i]) : ColumnType::kInferred)) {
      return false;
    }
  }
  return true;
}

// Rows are much alike: the length of the first says how many there may be. On an arena a list that
// grows leaves its smaller selves behind.
void TableReader::Reserve(const char* first_row, const char* second_row) {
  std::uint64_t row_bytes = static_cast<std::uint64_t>(second_row - first_row);
  std::uint64_t rows = static_cast<std::uint64_t>(reading_.end - first_row) / row_bytes;
  std::uint64_t cells = rows * builders_.size();
  if (cells > reading_.reserved_cells_left) return;
  reading_.reserved_cells_left -= cells;
  for (ColumnBuilder& builder : builders_) builder.Reserve(static_cast<std::uint32_t>(rows));
}

bool TableReader::ReadRow(ondemand::array& cells) {
  // The first row says how many columns a table has that names none.
  const bool counts_columns = row_ == 0 && !names_ && !types_;
  std::size_t column = 0;
  for (simdjson::simdjson_result<ondemand::value> element : cells) {
    ondemand::value value;
    if (std::move(element).get(value) != simdjson::SUCCESS) return Fail(kNotJson);
    if (column == builders_.size()) {
      if (!counts_columns) {
        return Fail(RowText(row_, "has more cells than the table has columns, which is " +
                                      std::to_string(builders_.size())));
      }
      if (!AddColumn(UnnamedColumn(column), ColumnType::kInferred)) return false;
    }
    if (!Put(column, value)) return false;
    ++column;
  }
  if (column != builders_.size()) {
    return Fail(RowText(row_, "has " + std::to_string(column) + " cells, the table has " +
                                  std::to_string(builders_.size()) + " columns"));
  }
  return true;
}

bool TableReader::ReadValues(ondemand::value value) {
  if (!AddNamedColumns()) return false;
  ondemand::array rows;
  if (value.get_array().get(rows) != simdjson::SUCCESS) return Fail("Values is not a list");
  const char* first_row = nullptr;
  for (simdjson::simdjson_result<ondemand::value> element : rows) {
    ondemand::value row;
    if (std::move(element).get(row) != simdjson::SUCCESS) return Fail(kNotJson);
    ondemand::array cells;
    if (row_ == 0) first_row = row.raw_json_token().data();
    if (row_ == 1) Reserve(first_row, row.raw_json_token().data());
    if (row.get_array().get(cells) != simdjson::SUCCESS) {
      return Fail(RowText(row_, "is not a list"));
    }
    if (!ReadRow(cells)) return false;
    ++row_;
  }
  return Finish();
}

// Members may come in any order, but the cells can only be read once names and types are known:
// Values is passed over where something may still follow, and read in a second round.
bool TableReader::ReadColumnsForm(ondemand::object& object) {
  int values_seen = 0;
  bool values_read = false;
  for (int round = 0; round < 2 && !values_read; ++round) {
    bool reset = false;
    if (round > 0 && object.reset().get(reset) != simdjson::SUCCESS) return Fail(kNotJson);
    for (simdjson::simdjson_result<ondemand::field> element : object) {
      ondemand::field field;
      if (std::move(element).get(field) != simdjson::SUCCESS) return Fail(kNotJson);
      ondemand::raw_json_string key = field.key();
      bool good = true;
      if (key.unsafe_is_equal("Values")) {
        if (round == 0 && ++values_seen > 1) return Fail("Values is there twice");
        if (round == 0 && !(names_ && types_)) continue;
        good = ReadValues(field.value());
        values_read = true;
      } else if (round == 0 && key.unsafe_is_equal("ColumnNames")) {
        good = ReadNames(field.value(), "ColumnNames", names_);
      } else if (round == 0 && key.unsafe_is_equal("ColumnTypes")) {
        good = ReadNames(field.value(), "ColumnTypes", types_);
      }
      if (!good) return false;
    }
    if (values_seen == 0) return Fail("it has no Values");
  }
  return true;
}

bool TableReader::FindColumn(std::string_view name, std::size_t position, std::size_t& column) {
  // Rows nearly always have the same keys in the same order.
  if (position < builders_.size() &&
      std::string_view(table_.columns(static_cast<int>(position)).name()) == name) {
    column = position;
    return true;
  }
  auto [place, added] = columns_by_name_.try_emplace(std::string(name), builders_.size());
  column = place->second;
  return !added || AddColumn(std::string(name), ColumnType::kInferred);
}

bool TableReader::PutMember(ondemand::field& field, std::size_t position) {
  std::string_view name;
  if (field.unescaped_key().get(name) != simdjson::SUCCESS) return Fail(kNotJson);
  std::size_t column = 0;
  if (!FindColumn(name, position, column)) return false;
  if (builders_[column].rows() > row_) return Fail(RowText(row_, "names a column twice"));
  return Put(column, field.value());
}

bool TableReader::ReadObjectRow(ondemand::object& row) {
  std::size_t position = 0;
  for (simdjson::simdjson_result<ondemand::field> element : row) {
    ondemand::field field;
    if (std::move(element).get(field) != simdjson::SUCCESS) return Fail(kNotJson);
    if (!PutMember(field, position++)) return false;
  }
  return true;
}

bool TableReader::ReadRowsForm(ondemand::array& rows) {
  const char* first_row = nullptr;
  for (simdjson::simdjson_result<ondemand::value> element : rows) {
    ondemand::value value;
    if (std::move(element).get(value) != simdjson::SUCCESS) return Fail(kNotJson);
    ondemand::object row;
    if (row_ == 0) first_row = value.raw_json_token().data();
    if (row_ == 1) Reserve(first_row, value.raw_json_token().data());
    if (value.get_object().get(row) != simdjson::SUCCESS) {
      return Fail(RowText(row_, "is not an object"));
    }
    if (!ReadObjectRow(row)) return false;
    ++row_;
  }
  return Finish();
}

// The table's own place: {"type":"table","value":...}. Which type is named does not matter where
// the value can be read.
std::string ReadTypedTable(ondemand::object& object, TableReader& reader) {
  bool found = false;
  for (simdjson::simdjson_result<ondemand::field> element : object) {
    ondemand::field field;
    if (std::move(element).get(field) != simdjson::SUCCESS) return kNotJson;
    if (!field.key().unsafe_is_equal("value")) continue;
    if (found) return "value is there twice";
    found = true;
    ondemand::value value = field.value();
    ondemand::object table;
    ondemand::array rows;
    if (value.get_object().get(table) == simdjson::SUCCESS) {
      if (!reader.ReadColumnsForm(table)) return reader.wrong();
    } else if (value.get_array().get(rows) == simdjson::SUCCESS) {
      if (!reader.ReadRowsForm(rows)) return reader.wrong();
    } else {
      return "its value is not a table";
    }
  }
  return found ? "" : "it has no value";
}

}  // namespace

std::string UnnamedColumn(std::size_t column) {
  return "Col" + std::to_string(column + 1);
}

std::string ReadTable(ondemand::value value, std::size_t output, Reading& reading,
                      scoring::v1::Table& table) {
  TableReader reader(output, reading, table);
  ondemand::array rows;
  ondemand::object object;
  if (value.get_array().get(rows) == simdjson::SUCCESS) {
    return reader.ReadRowsForm(rows) ? "" : reader.wrong();
  }
  if (value.get_object().get(object) == simdjson::SUCCESS) return ReadTypedTable(object, reader);
  return "it is neither a table nor a list of rows";
}

}  // namespace scoregate::dialect::classic
