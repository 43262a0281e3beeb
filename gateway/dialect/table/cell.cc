#include "gateway/dialect/table/cell.h"

#include <array>
#include <cstring>

namespace scoregate::dialect::table {
namespace {

namespace ondemand = simdjson::ondemand;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view TrimRight(std::string_view token) {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' ||
                            token.back() == '\t')) {
    token.remove_suffix(1);
  }
  return token;
}

std::size_t SkipDigits(std::string_view token, std::size_t at) {
  while (at < token.size() && IsDigit(token[at])) ++at;
  return at;
}

// The grammar of RFC 8259, part 6; kNull where the token is no number. A minus zero is a decimal,
// because an integer has no sign to keep.
CellKind NumberKind(std::string_view token) {
  std::size_t first = token.starts_with('-') ? 1 : 0;
  std::size_t at = SkipDigits(token, first);
  if (at == first || (token[first] == '0' && at > first + 1)) return CellKind::kNull;
  if (at == token.size()) return token == "-0" ? CellKind::kDecimal : CellKind::kInteger;
  if (token[at] == '.') {
    std::size_t fraction = at + 1;
    at = SkipDigits(token, fraction);
    if (at == fraction) return CellKind::kNull;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    std::size_t exponent = at;
    at = SkipDigits(token, exponent);
    if (at == exponent) return CellKind::kNull;
  }
  return at == token.size() ? CellKind::kDecimal : CellKind::kNull;
}

// Brackets that pair, no deeper than kMaxCellDepth: the on-demand reader skips a nested value by
// counting brackets of either form alike.
bool HasSoundNesting(std::string_view json) {
  std::array<char, kMaxCellDepth> closers{};
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (depth == closers.size()) return false;
      closers[depth++] = c == '[' ? ']' : '}';
    } else if (c == ']' || c == '}') {
      if (depth == 0 || closers[--depth] != c) return false;
    }
  }
  return depth == 0;
}

bool ReadNested(ondemand::value& value, char opener, std::string_view& text) {
  if (opener == '[') {
    ondemand::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS) return false;
    if (list.raw_json().get(text) != simdjson::SUCCESS) return false;
  } else {
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return false;
    if (object.raw_json().get(text) != simdjson::SUCCESS) return false;
  }
  text = TrimRight(text);
  return HasSoundNesting(text);
}

// A word without quotes, by its first letter; false where it is none.
bool ReadWord(std::string_view word, CellKind& kind) {
  switch (word.front()) {
    case 'n':
      kind = CellKind::kNull;
      return word == "null";
    case 't':
      kind = CellKind::kTrue;
      return word == "true";
    case 'f':
      kind = CellKind::kFalse;
      return word == "false";
    case 'N':
      kind = CellKind::kDecimal;
      return word == "NaN";
    case 'I':
      kind = CellKind::kDecimal;
      return word == "Infinity";
    default:
      break;
  }
  kind = word == "-Infinity" ? CellKind::kDecimal : NumberKind(word);
  return kind != CellKind::kNull;
}

}  // namespace

bool ReadString(std::string_view token, const ondemand::parser& parser, std::string& scratch,
                std::string_view& text) {
  token = TrimRight(token);
  if (token.size() < 2 || token.back() != '"') return false;
  text = token.substr(1, token.size() - 2);
  if (std::memchr(text.data(), '\\', text.size()) == nullptr) return true;
  // The reader's own buffer would run over where a document is read twice.
  std::size_t needed = token.size() + simdjson::SIMDJSON_PADDING;
  if (scratch.size() < needed) scratch.resize(needed);
  auto* to = reinterpret_cast<std::uint8_t*>(scratch.data());
  ondemand::raw_json_string raw(reinterpret_cast<const std::uint8_t*>(text.data()));
  return parser.unescape(raw, to).get(text) == simdjson::SUCCESS;
}

bool ReadCell(ondemand::value& value, const ondemand::parser& parser, std::string& scratch,
              Cell& cell) {
  const std::string_view token = TrimRight(value.raw_json_token());
  if (token.empty()) return false;
  switch (token.front()) {
    case '"':
      cell.kind = CellKind::kString;
      return ReadString(token, parser, scratch, cell.text);
    case '[':
    case '{':
      cell.kind = CellKind::kNested;
      return ReadNested(value, token.front(), cell.text);
    default:
      break;
  }
  cell.text = token;
  return ReadWord(cell.text, cell.kind);
}

}  // namespace scoregate::dialect::table
