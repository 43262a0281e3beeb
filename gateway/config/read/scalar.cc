#include "gateway/config/read/scalar.h"

#include <absl/strings/match.h>
#include <absl/strings/str_join.h>
#include <google/protobuf/duration.pb.h>

#include <array>
#include <charconv>
#include <limits>
#include <utility>
#include <vector>

#include "gateway/config/read/nearest.h"

namespace scoregate::config {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using std::chrono::milliseconds;

constexpr milliseconds kMaxDuration = std::chrono::hours(24 * 365);

// Largest first, the order in which a text names them.
constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> kDurationUnits{{
    {"h", 3'600'000},
    {"m", 60'000},
    {"s", 1'000},
    {"ms", 1},
}};

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 7> kByteUnits{{
    {"", 1},
    {"KiB", 1ull << 10},
    {"MiB", 1ull << 20},
    {"GiB", 1ull << 30},
    {"KB", 1'000},
    {"MB", 1'000'000},
    {"GB", 1'000'000'000},
}};

// Takes a whole number off the front of the text.
template <typename Number>
bool TakeNumber(std::string_view& text, Number& number) {
  if (text.empty() || text.front() < '0' || text.front() > '9') return false;
  std::from_chars_result end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end.ptr - text.data()));
  return true;
}

std::string_view TakeLetters(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= 'a' && text[length] <= 'z') ++length;
  std::string_view letters = text.substr(0, length);
  text.remove_prefix(length);
  return letters;
}

template <typename Number>
std::optional<Number> ParseWhole(std::string_view text) {
  Number number = 0;
  if (!TakeNumber(text, number) || !text.empty()) return std::nullopt;
  return number;
}

bool IsBytes(const FieldDescriptor& field) {
  return absl::EndsWith(field.name(), "_bytes");
}

bool IsDuration(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Duration::descriptor();
}

// The first value of an enum of ours says "not set" and cannot be written.
std::vector<std::string> EnumNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    const std::string& name = type.value(i)->name();
    if (!absl::EndsWith(name, "_UNSPECIFIED")) names.push_back(name);
  }
  return names;
}

std::optional<Mistake> WrongValue(const FieldDescriptor& field) {
  return Mistake{"the value is not understood", Expected(field), ""};
}

std::optional<Mistake> SetEnum(Message& message, const FieldDescriptor& field,
                               std::string_view text) {
  const absl::string_view given(text.data(), text.size());
  const std::vector<std::string> names = EnumNames(*field.enum_type());
  for (const std::string& name : names) {
    if (!absl::EqualsIgnoreCase(name, given)) continue;
    const EnumValueDescriptor* value = field.enum_type()->FindValueByName(name);
    if (field.is_repeated()) {
      message.GetReflection()->AddEnum(&message, &field, value);
    } else {
      message.GetReflection()->SetEnum(&message, &field, value);
    }
    return std::nullopt;
  }
  return Mistake{"no such value", Expected(field), Nearest(text, names)};
}

std::optional<Mistake> SetDuration(Message& message, const FieldDescriptor& field,
                                   std::string_view text) {
  std::optional<milliseconds> duration = ParseDuration(text);
  if (!duration) return WrongValue(field);
  const Reflection& reflection = *message.GetReflection();
  Message* target = field.is_repeated() ? reflection.AddMessage(&message, &field)
                                        : reflection.MutableMessage(&message, &field);
  auto& proto = static_cast<google::protobuf::Duration&>(*target);
  proto.set_seconds(duration->count() / 1000);
  proto.set_nanos(static_cast<std::int32_t>(duration->count() % 1000) * 1'000'000);
  return std::nullopt;
}

std::optional<Mistake> SetString(Message& message, const FieldDescriptor& field,
                                 std::string_view text) {
  if (field.is_repeated()) {
    message.GetReflection()->AddString(&message, &field, std::string(text));
  } else {
    message.GetReflection()->SetString(&message, &field, std::string(text));
  }
  return std::nullopt;
}

// Of lists of numbers the schema has those of uint32 only; a test holds it to that.
std::optional<Mistake> SetNumber(Message& message, const FieldDescriptor& field,
                                 std::string_view text) {
  const Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    if (text != "true" && text != "false") return WrongValue(field);
    reflection.SetBool(&message, &field, text == "true");
    return std::nullopt;
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
    std::optional<std::uint32_t> number = ParseWhole<std::uint32_t>(text);
    if (!number) return WrongValue(field);
    if (field.is_repeated()) {
      reflection.AddUInt32(&message, &field, *number);
    } else {
      reflection.SetUInt32(&message, &field, *number);
    }
    return std::nullopt;
  }
  std::optional<std::uint64_t> number =
      IsBytes(field) ? ParseBytes(text) : ParseWhole<std::uint64_t>(text);
  if (!number) return WrongValue(field);
  reflection.SetUInt64(&message, &field, *number);
  return std::nullopt;
}

}  // namespace

std::optional<milliseconds> ParseDuration(std::string_view text) {
  milliseconds total{0};
  std::size_t unit = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    std::int64_t count = 0;
    if (!TakeNumber(text, count)) return std::nullopt;
    std::string_view name = TakeLetters(text);
    while (unit < kDurationUnits.size() && kDurationUnits[unit].first != name) ++unit;
    if (unit == kDurationUnits.size()) return std::nullopt;
    if (count > kMaxDuration.count() / kDurationUnits[unit].second) return std::nullopt;
    total += milliseconds(count * kDurationUnits[unit].second);
    ++unit;
  }
  if (total > kMaxDuration) return std::nullopt;
  return total;
}

std::string FormatDuration(milliseconds duration) {
  std::int64_t left = duration.count();
  std::string text;
  for (const auto& [name, length] : kDurationUnits) {
    if (left / length == 0) continue;
    text += std::to_string(left / length);
    text += name;
    left %= length;
  }
  return text.empty() ? "0s" : text;
}

std::optional<std::uint64_t> ParseBytes(std::string_view text) {
  std::uint64_t count = 0;
  if (!TakeNumber(text, count)) return std::nullopt;
  if (text.starts_with(' ')) text.remove_prefix(1);
  for (const auto& [name, bytes] : kByteUnits) {
    if (name != text) continue;
    if (count > std::numeric_limits<std::uint64_t>::max() / bytes) return std::nullopt;
    return count * bytes;
  }
  return std::nullopt;
}

bool IsScalar(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || IsDuration(field);
}

std::optional<Mistake> SetScalar(Message& message, const FieldDescriptor& field,
                                 std::string_view text) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetDuration(message, field, text);
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(message, field, text);
    case FieldDescriptor::CPPTYPE_STRING:
      return SetString(message, field, text);
    case FieldDescriptor::CPPTYPE_BOOL:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return SetNumber(message, field, text);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      break;
  }
  return Mistake{"values of this type are not read", "", ""};
}

std::string Expected(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return "a duration such as 500ms, 30s, 5m or 1h";
    case FieldDescriptor::CPPTYPE_ENUM:
      return "one of " + absl::StrJoin(EnumNames(*field.enum_type()), ", ");
    case FieldDescriptor::CPPTYPE_STRING:
      return "a text";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_UINT64:
      return IsBytes(field) ? "a size such as 65536, 64KiB or 4MiB" : "a whole number";
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return "a whole number";
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return "a number";
  }
  return "";
}

}  // namespace scoregate::config
