#include "client/scorectl/text_table.h"

#include "client/scorectl/print.h"

namespace scoregate::scorectl {

TextTable::TextTable(const std::vector<std::string>& names) {
  for (const std::string& name : names) table_.add_columns()->set_name(name);
}

void TextTable::AddRow(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    table_.mutable_columns(static_cast<int>(i))->mutable_strings()->add_values(cells[i]);
  }
}

std::string TextTable::Text() const {
  return PrintTable(table_);
}

}  // namespace scoregate::scorectl
