#include "gateway/dialect/classic/table_reader.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::dialect::classic {
namespace {

namespace ondemand = simdjson::ondemand;
using table::CellKind;
using table::ColumnType;
using table::kNotJson;
using table::RowText;

// The first name or type of a list that is null or absent is nothing at all.
using Names = std::optional<std::vector<std::string>>;

constexpr std::size_t kUsualColumns = 16;

// One table in either form. Each method says whether it went well; if not, wrong() says what is
// not understood.
class TableReader {
 public:
  TableReader(std::size_t output, table::Reading& reading, scoring::v1::Table& table)
      : reading_(reading), builder_(output, reading, table, UnnamedColumn) {}

  bool ReadColumnsForm(ondemand::object& object);
  bool ReadRowsForm(ondemand::array& rows);
  const std::string& wrong() const { return builder_.wrong(); }

 private:
  bool ReadNames(ondemand::value value, std::string_view member, Names& names);
  bool ReadValues(ondemand::value value);
  bool AddNamedColumns();
  bool Fail(std::string text) { return builder_.Fail(std::move(text)); }

  table::Reading& reading_;
  table::TableBuilder builder_;
  Names names_;
  Names types_;
};

bool TableReader::ReadNames(ondemand::value value, std::string_view member, Names& names) {
  const auto not_a_list = [&] { return Fail(std::string(member) + " is not a list of strings"); };
  bool absent = false;
  if (value.is_null().get(absent) != simdjson::SUCCESS) return not_a_list();
  if (absent) return true;
  if (names) return Fail(std::string(member) + " is there twice");
  names.emplace().reserve(kUsualColumns);
  ondemand::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return not_a_list();
  for (simdjson::simdjson_result<ondemand::value> element : list) {
    ondemand::value name;
    if (element.get(name) != simdjson::SUCCESS) return Fail(kNotJson);
    if (names->size() == table::kMaxColumns) return Fail("it has more columns than are taken");
    table::Cell cell;
    bool read = table::ReadCell(name, *reading_.parser, reading_.scratch, cell);
    if (!read || cell.kind != CellKind::kString) return not_a_list();
    names->emplace_back(cell.text);
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
  builder_.ExpectColumns(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!builder_.AddColumn(names_ ? std::move((*names_)[i]) : UnnamedColumn(i),
                            types_ ? table::ColumnTypeOf((*types_)[i]) : ColumnType::kInferred)) {
      return false;
    }
  }
  return true;
}

bool TableReader::ReadValues(ondemand::value value) {
  using Extra = table::TableBuilder::Extra;
  if (!AddNamedColumns()) return false;
  ondemand::array rows;
  if (value.get_array().get(rows) != simdjson::SUCCESS) return Fail("Values is not a list");
  for (simdjson::simdjson_result<ondemand::value> element : rows) {
    ondemand::value row;
    if (element.get(row) != simdjson::SUCCESS) return Fail(kNotJson);
    builder_.BeginRow(row.raw_json_token().data());
    ondemand::array cells;
    if (row.get_array().get(cells) != simdjson::SUCCESS) {
      return Fail(RowText(builder_.row(), "is not a list"));
    }
    // The first row says how many columns a table has that names none.
    const bool counts_columns = builder_.row() == 0 && !names_ && !types_;
    if (!builder_.PutList(cells, counts_columns ? Extra::kAddsColumns : Extra::kRefused)) {
      return false;
    }
    builder_.EndRow();
  }
  return builder_.Finish();
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

bool TableReader::ReadRowsForm(ondemand::array& rows) {
  for (simdjson::simdjson_result<ondemand::value> element : rows) {
    ondemand::value value;
    if (element.get(value) != simdjson::SUCCESS) return Fail(kNotJson);
    builder_.BeginRow(value.raw_json_token().data());
    ondemand::object row;
    if (value.get_object().get(row) != simdjson::SUCCESS) {
      return Fail(RowText(builder_.row(), "is not an object"));
    }
    if (!builder_.PutObject(row)) return false;
    builder_.EndRow();
  }
  return builder_.Finish();
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

std::string ReadTable(ondemand::value value, std::size_t output, table::Reading& reading,
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
