// Undoes the escapes in which secrets travel: URLs, JSON (also JSON in JSON), HTML and XML.
#include "gateway/redact/logical_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
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

constexpr std::string_view kAmp = "amp;";

// The most that a backslash escapes: the u0022 behind it.
constexpr std::size_t kMostEscaped = 5;

// Whether an entity follows an '&', by its first letter: most that follow one in a query do not.
bool MayBeginEntity(std::string_view rest) {
  constexpr std::string_view kFirst = "aqlgn#";
  return !rest.empty() && kFirst.find(rest.front()) != std::string_view::npos;
}

// The bytes from the first that may escape something to the last: nothing but these is other than
// it is spelled.
struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
};

// One pass for each kind of escape, since a search for one byte is fast.
std::optional<Stretch> EscapesOf(std::string_view text) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::optional<Stretch> found;
  auto note = [&](std::size_t first, std::size_t last) {
    if (!found) found = Stretch{first, last};
    found = Stretch{std::min(found->first, first), std::max(found->last, last)};
  };
  for (char c : {'%', '\\'}) {
    const std::size_t first = text.find(c);
    if (first != kNone) note(first, text.rfind(c));
  }
  for (std::size_t at = text.find('&'); at != kNone; at = text.find('&', at + 1)) {
    if (MayBeginEntity(text.substr(at + 1))) note(at, at);
  }
  return found;
}

}  // namespace

LogicalText::LogicalText(std::string_view text)
    : text_(text), head_(text.size()), size_(text.size()) {
  const std::optional<Stretch> escapes = EscapesOf(text);
  if (!escapes) return;
  head_ = position_ = escapes->first;
  std::size_t end = escapes->last + 1;
  units_.reserve(std::min(end + kMostEscaped, text.size()) - head_);
  bool backslashes = false;
  while (position_ < end) {
    const char c = text_[position_];
    if (c == '%') {
      ReadPercent();
    } else if (c == '&') {
      ReadEntity();
    } else {
      Push({.c = c}, 1);
    }
    if (units_.back().c != '\\') continue;
    backslashes = true;
    end = std::min(std::max(end, position_ + kMostEscaped), text.size());
  }
  if (backslashes) JoinBackslashes();
  size_ = head_ + units_.size() + (text.size() - position_);
}

// A character that is spelled by the next `length` bytes.
void LogicalText::Push(Unit unit, std::size_t length) {
  unit.start = position_;
  units_.push_back(unit);
  position_ += length;
}

// %XX, and %25XX for the same once more encoded, and so on.
void LogicalText::ReadPercent() {
  std::size_t digits = position_ + 1;
  std::uint8_t level = 1;
  while (text_.substr(digits, 2) == "25" && HexByte(text_.substr(digits + 2))) {
    digits += 2;
    if (level < kMaxDepth) ++level;
  }
  const std::optional<char> byte = HexByte(text_.substr(digits));
  if (!byte) return Push({.c = '%'}, 1);
  Push({.c = *byte, .level = level}, digits + 2 - position_);
}

// An entity, or one whose '&' is itself written "&amp;", or "&amp;" alone.
void LogicalText::ReadEntity() {
  std::size_t name = position_ + 1;
  while (text_.substr(name).starts_with(kAmp)) name += kAmp.size();
  for (const auto& [spelled, c] : kEntities) {
    if (!text_.substr(name).starts_with(spelled)) continue;
    const std::size_t level = (name - position_) / kAmp.size() + 1;
    const auto bounded = static_cast<std::uint8_t>(std::min<std::size_t>(level, kMaxDepth));
    return Push({.c = c, .entity_level = bounded}, name + spelled.size() - position_);
  }
  Push({.c = '&'}, name - position_);
}

// Backslashes become part of what they escape, however they are spelled themselves.
void LogicalText::JoinBackslashes() {
  std::size_t write = 0;
  for (std::size_t read = 0; read < units_.size();) {
    Unit unit = units_[read];
    if (unit.c == '\\') {
      const std::size_t next = JoinedAt(read, unit);
      // Where nothing is escaped, the whole run is passed over, so that it is counted once only.
      while (unit.c == '\\' && read + 1 < next) units_[write++] = units_[read++];
      if (unit.c == '\\') unit = units_[read];
      read = next;
    } else {
      ++read;
    }
    units_[write++] = unit;
  }
  units_.resize(write);
}

// Reads the run of backslashes at `first` and what it escapes into `joined`, and returns what
// follows. Where it escapes nothing that matters here, `joined` stays a backslash.
std::size_t LogicalText::JoinedAt(std::size_t first, Unit& joined) const {
  std::size_t next = first;
  while (next < units_.size() && units_[next].c == '\\') ++next;
  if (next == units_.size()) return next;
  Unit escaped = units_[next];
  // Percent-encoding leaves letters alone, so a letter may seem less encoded than its backslash.
  const std::uint8_t level = units_[next - 1].level;
  const bool letter = escaped.c >= 'a' && escaped.c <= 'z' && escaped.level == 0;
  if (escaped.level != level && !letter) return next;
  escaped.level = level;
  escaped.start = units_[first].start;
  escaped.backslashes = static_cast<std::uint32_t>(next - first);
  std::size_t length = 1;
  switch (escaped.c) {
    case '"':
    case '\'':
    case '/':
      break;
    case 'n':
      escaped.c = '\n';
      break;
    case 'r':
      escaped.c = '\r';
      break;
    case 't':
      escaped.c = '\t';
      break;
    case 'u': {
      constexpr std::size_t kDigits = 4;
      std::string digits;
      for (std::size_t i = next + 1; i < units_.size() && digits.size() < kDigits; ++i) {
        digits.push_back(units_[i].c);
      }
      const std::optional<char> byte =
          digits.starts_with("00") ? HexByte(std::string_view(digits).substr(2)) : std::nullopt;
      if (!byte || static_cast<unsigned char>(*byte) >= 0x80) return next;
      escaped.c = *byte;
      escaped.unicode_escape = true;
      length += kDigits;
      break;
    }
    default:
      return next;
  }
  joined = escaped;
  return next + length;
}

}  // namespace scoregate::redact
