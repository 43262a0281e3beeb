#include "client/scorectl/chunks/file_rows.h"

#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>

namespace scoregate::scorectl {
namespace {

// The number that `text` begins with, and how many characters it has.
struct Number {
  std::size_t value = 0;
  std::size_t length = 0;
};

std::optional<Number> NumberAt(std::string_view text) {
  Number number;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc()) return std::nullopt;
  number.length = static_cast<std::size_t>(end - text.data());
  return number;
}

bool BeginsWord(std::string_view text, std::size_t at) {
  return at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0;
}

// Numbers that the table does not have are left as they are: they mean something else.
std::string Renumbered(std::string_view text, RowRange rows) {
  constexpr std::string_view kRow = "row ";
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = text.find(kRow); at != text.npos; at = text.find(kRow, at + 1)) {
    const std::size_t digits = at + kRow.size();
    const auto number = NumberAt(text.substr(digits));
    if (!BeginsWord(text, at) || !number) continue;
    if (number->value < 1 || number->value > rows.count()) continue;
    out += text.substr(copied, digits - copied);
    out += std::to_string(rows.first + number->value - 1);
    copied = digits + number->length;
  }
  return out.append(text.substr(copied));
}

// inputs["input1"].columns[1].doubles.values[1]: values are counted from 0.
std::string WithRowOfValue(const std::string& field, RowRange rows) {
  constexpr std::string_view kValues = ".values[";
  const std::size_t at = field.rfind(kValues);
  if (at == field.npos) return field;
  const auto number = NumberAt(std::string_view(field).substr(at + kValues.size()));
  if (!number || number->value >= rows.count()) return field;
  return field + " (row " + std::to_string(rows.first + number->value) + ")";
}

}  // namespace

std::string RowsText(const std::vector<RowRange>& ranges) {
  const bool one = ranges.size() == 1 && ranges[0].count() == 1;
  std::string text = one ? "row " : "rows ";
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(ranges[i].first);
    if (ranges[i].count() > 1) text += " to " + std::to_string(ranges[i].last);
  }
  return text;
}

client::ScoreError InRowsOfFile(client::ScoreError error, RowRange rows) {
  error.message = Renumbered(error.message, rows);
  error.localized_message = Renumbered(error.localized_message, rows);
  for (auto& violation : error.field_violations) {
    violation.set_description(Renumbered(violation.description(), rows));
    violation.set_field(WithRowOfValue(violation.field(), rows));
  }
  if (!error.upstream) return error;
  error.upstream->set_message(Renumbered(error.upstream->message(), rows));
  for (auto& item : *error.upstream->mutable_items()) {
    item.set_message(Renumbered(item.message(), rows));
  }
  return error;
}

}  // namespace scoregate::scorectl
