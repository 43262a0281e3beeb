// Undoes the escapes in which secrets travel: URLs, JSON (also JSON in JSON), HTML and XML.
#include "gateway/redact/logical_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace scoregate::redact {
namespace {

constexpr int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Two hex digits at the front of `text`.
std::optional<char> HexByte(std::string_view text) {
  if (text.size() < 2 || HexValue(text[0]) < 0 || HexValue(text[1]) < 0) return std::nullopt;
  return static_cast<char>(HexValue(text[0]) * 16 + HexValue(text[1]));
}

constexpr std::array<std::pair<std::string_view, char>, 16> kEntities = {{
    {"quot;", '"'},
    {"apos;", '\''},
    {"lt;", '<'},
    {"gt;", '>'},
    {"nbsp;", ' '},
    {"#34;", '"'},
    {"#39;", '\''},
    {"#38;", '&'},
    {"#61;", '='},
    {"#43;", '+'},
    {"#47;", '/'},
    {"#x22;", '"'},
    {"#x27;", '\''},
    {"#x26;", '&'},
    {"#x3D;", '='},
    {"#x2B;", '+'},
}};

}  // namespace

LogicalText::LogicalText(std::string_view text) : text_(text) {
  if (text_.find_first_of("%\\&") == std::string_view::npos) return;
  units_.reserve(text_.size());
  while (position_ < text_.size()) {
    switch (text_[position_]) {
      case '%':
        ReadPercent();
        break;
      case '\\':
        ReadBackslashes();
        break;
      case '&':
        ReadEntity();
        break;
      default:
        Push(text_[position_], 1);
    }
  }
}

void LogicalText::Push(char c, std::size_t length, Spelling spelling, std::uint32_t depth) {
  units_.push_back(Unit{.c = c, .spelling = spelling, .depth = depth, .start = position_});
  position_ += length;
}

// %XX, and %25XX for the same once more encoded, and so on.
void LogicalText::ReadPercent() {
  std::size_t digits = position_ + 1;
  std::uint32_t depth = 1;
  while (text_.substr(digits, 2) == "25" && HexByte(text_.substr(digits + 2))) {
    digits += 2;
    depth = std::min(depth + 1, kMaxPercentDepth);
  }
  const std::optional<char> byte =
      digits <= text_.size() ? HexByte(text_.substr(digits)) : std::nullopt;
  if (!byte) return Push('%', 1);
  Push(*byte, digits + 2 - position_, Spelling::kPercent, depth);
}

// A run of backslashes and what it escapes. Where it escapes nothing that matters here, each
// backslash is a character.
void LogicalText::ReadBackslashes() {
  std::size_t next = text_.find_first_not_of('\\', position_);
  if (next == std::string_view::npos) next = text_.size();
  const std::size_t count = next - position_;
  const auto depth = static_cast<std::uint32_t>(count);
  const char escaped = next < text_.size() ? text_[next] : '\0';
  switch (escaped) {
    case '"':
    case '\'':
    case '/':
      return Push(escaped, count + 1, Spelling::kBackslash, depth);
    case 'n':
      return Push('\n', count + 1, Spelling::kBackslash, depth);
    case 'r':
      return Push('\r', count + 1, Spelling::kBackslash, depth);
    case 't':
      return Push('\t', count + 1, Spelling::kBackslash, depth);
    case 'u': {
      const std::optional<char> byte =
          text_.substr(next + 1, 2) == "00" ? HexByte(text_.substr(next + 3)) : std::nullopt;
      if (byte && static_cast<unsigned char>(*byte) < 0x80) {
        return Push(*byte, count + 5, Spelling::kUnicodeEscape, depth);
      }
      break;
    }
  }
  for (std::size_t i = 0; i < count; ++i) Push('\\', 1);
}

// An entity, or one whose '&' is itself written "&amp;", or "&amp;" alone.
void LogicalText::ReadEntity() {
  constexpr std::string_view kAmp = "amp;";
  std::size_t name = position_ + 1;
  while (text_.substr(name).starts_with(kAmp)) name += kAmp.size();
  for (const auto& [spelled, c] : kEntities) {
    if (!text_.substr(name).starts_with(spelled)) continue;
    return Push(c, name + spelled.size() - position_, Spelling::kEntity);
  }
  Push('&', name == position_ + 1 ? 1 : name - position_, Spelling::kPlain);
}

}  // namespace scoregate::redact
