#include "gateway/dialect/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace scoregate::dialect {
namespace {

using google::protobuf::Value;

constexpr std::string_view kHexDigits = "0123456789abcdef";

// Bytes that cannot stand in a JSON string as they are (RFC 8259, part 7).
constexpr std::array<bool, 256> kMustEscape = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = true;
  table[static_cast<unsigned char>('"')] = true;
  table[static_cast<unsigned char>('\\')] = true;
  return table;
}();

bool MustEscape(char c) {
  return kMustEscape[static_cast<unsigned char>(c)];
}

void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  unsigned byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHexDigits[byte >> 4];
  out += kHexDigits[byte & 0xF];
}

void AppendJsonStruct(std::string& out, const google::protobuf::Struct& object) {
  const auto members = SortedMembers(object.fields());
  out += '{';
  for (const auto* member : members) {
    if (member != members.front()) out += ',';
    AppendJsonString(out, member->first);
    out += ':';
    AppendJsonValue(out, member->second);
  }
  out += '}';
}

void AppendJsonList(std::string& out, const google::protobuf::ListValue& list) {
  out += '[';
  for (int i = 0; i < list.values_size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonValue(out, list.values(i));
  }
  out += ']';
}

// A number with at most three decimals, as most that were measured are; false where it is another.
// Where whole / 1000 gives the value back, its digits are the shortest that do: of numbers of up to
// 15 digits no two are the same double. To find the shortest of any double takes ten times as long.
bool AppendDecimal(std::string& out, double value) {
  constexpr double kMost = 1e9;
  if (!(std::abs(value) < kMost)) return false;
  const double thousandths = std::abs(value) * 1000;
  const auto whole = static_cast<std::uint64_t>(thousandths + 0.5);
  if (static_cast<double>(whole) / 1000 != std::abs(value)) return false;
  if (value < 0) out += '-';
  AppendJsonInt(out, static_cast<std::int64_t>(whole / 1000));
  const auto rest = static_cast<unsigned>(whole % 1000);
  const std::array<char, 4> decimals = {'.', static_cast<char>('0' + rest / 100),
                                        static_cast<char>('0' + rest / 10 % 10),
                                        static_cast<char>('0' + rest % 10)};
  std::size_t size = decimals.size();
  while (decimals[size - 1] == '0') --size;
  out.append(decimals.data(), size);
  return true;
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  if (std::none_of(text.begin(), text.end(), MustEscape)) {
    // Quotes all over, and the text between the first and the last: one step for three.
    const std::size_t begin = out.size();
    out.resize(begin + text.size() + 2, '"');
    text.copy(&out[begin + 1], text.size());
    return;
  }
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!MustEscape(text[i])) continue;
    out.append(text, plain, i - plain);
    AppendEscaped(out, text[i]);
    plain = i + 1;
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

void AppendJsonInt(std::string& out, std::int64_t value) {
  std::array<char, 24> digits;
  std::to_chars_result end = std::to_chars(digits.begin(), digits.end(), value);
  out += std::string_view(digits.begin(), end.ptr);
}

void AppendJsonDouble(std::string& out, double value) {
  constexpr double kMaxWhole = 9007199254740992;  // 2^53
  if (std::abs(value) <= kMaxWhole && value == std::trunc(value) && value != 0) {
    AppendJsonInt(out, static_cast<std::int64_t>(value));
    return;
  }
  if (value != 0 && AppendDecimal(out, value)) return;
  std::array<char, 32> digits;
  std::to_chars_result end = std::to_chars(digits.begin(), digits.end(), value);
  out += std::string_view(digits.begin(), end.ptr);
}

void AppendJsonValue(std::string& out, const Value& value) {
  switch (value.kind_case()) {
    case Value::kNumberValue:
      AppendJsonDouble(out, value.number_value());
      return;
    case Value::kStringValue:
      AppendJsonString(out, value.string_value());
      return;
    case Value::kBoolValue:
      out += value.bool_value() ? "true" : "false";
      return;
    case Value::kStructValue:
      AppendJsonStruct(out, value.struct_value());
      return;
    case Value::kListValue:
      AppendJsonList(out, value.list_value());
      return;
    case Value::kNullValue:
    case Value::KIND_NOT_SET:
      out += "null";
      return;
  }
}

}  // namespace scoregate::dialect
