// Undoes the escapes in which secrets travel: URLs, JSON (also JSON in JSON), HTML and XML.
#include "gateway/redact/logical_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "gateway/redact/ascii.h"

namespace scoregate::redact {
namespace {

// Two hex digits at the front of `text`, where they are an ASCII character. Others mean nothing
// here, and a name behind a '%' may begin like one: %AccountKey.
std::optional<char> HexByte(std::string_view text) {
  if (text.size() < 2 || HexValue(text[0]) < 0 || HexValue(text[1]) < 0) return std::nullopt;
  if (HexValue(text[0]) > 7) return std::nullopt;
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

// Whether an entity follows an '&', by its first letter: most that follow one in a query do not.
bool MayBeginEntity(std::string_view rest) {
  constexpr std::string_view kFirst = "aqlgn#";
  return !rest.empty() && kFirst.find(rest.front()) != std::string_view::npos;
}

// Where the first byte stands that may escape something; npos for none. One pass for each kind of
// escape, since a search for one byte is fast.
std::size_t FirstEscape(std::string_view text) {
  const std::size_t first = std::min(text.find('%'), text.find('\\'));
  std::size_t entity = text.find('&');
  while (entity < first && !MayBeginEntity(text.substr(entity + 1))) {
    entity = text.find('&', entity + 1);
  }
  return std::min(first, entity);
}

// A table, since every character of a text that has an escape is looked up.
constexpr std::array<bool, 256> kMayEscape = [] {
  std::array<bool, 256> may{};
  for (char c : {'%', '&', '\\'}) may[static_cast<unsigned char>(c)] = true;
  return may;
}();

bool MayEscape(char c) {
  return kMayEscape[static_cast<unsigned char>(c)];
}

}  // namespace

LogicalText::LogicalText(std::string_view text) : text_(text), characters_(text) {
  const std::size_t first = FirstEscape(text);
  if (first != std::string_view::npos) Undo(first);
}

void LogicalText::Undo(std::size_t first) {
  undone_.reserve(text_.size());
  std::size_t position = 0;
  std::size_t escape = first;
  while (escape < text_.size()) {
    undone_.append(text_, position, escape - position);
    const Spelled spelled = Read(escape);
    if (spelled.unit.c == '\\') {
      position = PushBackslashes(escape);
    } else {
      Push(spelled);
      position = spelled.end;
    }
    escape = position;
    while (escape < text_.size() && !MayEscape(text_[escape])) ++escape;
  }
  undone_.append(text_, position);
  characters_ = undone_;
}

void LogicalText::Push(const Spelled& spelled) {
  if (spelled.end > spelled.unit.start + 1) escapes_.push_back({undone_.size(), spelled});
  undone_.push_back(spelled.unit.c);
}

Unit LogicalText::BehindEscape(std::size_t index) const {
  ++reads_;
  const auto holds = [&](std::size_t escape) {
    return escapes_[escape].index <= index &&
           (escape + 1 == escapes_.size() || index < escapes_[escape + 1].index);
  };
  if (!holds(last_escape_)) {
    if (last_escape_ + 1 < escapes_.size() && holds(last_escape_ + 1)) {
      ++last_escape_;
    } else {
      const auto behind = std::ranges::upper_bound(escapes_, index, {}, &Escape::index);
      last_escape_ = static_cast<std::size_t>(behind - escapes_.begin()) - 1;
    }
  }
  const Escape& escape = escapes_[last_escape_];
  if (escape.index == index) return escape.spelled.unit;
  if (index >= size()) return Unit{.start = text_.size()};
  return Unit{.c = characters_[index], .start = escape.spelled.end + (index - escape.index - 1)};
}

// The unit that is spelled from `position` on, a backslash by itself.
LogicalText::Spelled LogicalText::Read(std::size_t position) const {
  const char c = text_[position];
  if (c == '%') return ReadPercent(position);
  if (c == '&') return ReadEntity(position);
  return {{.c = c, .start = position}, position + 1};
}

// %XX, and %25XX for the same once more encoded, and so on.
LogicalText::Spelled LogicalText::ReadPercent(std::size_t position) const {
  std::size_t digits = position + 1;
  std::uint8_t level = 1;
  while (text_.substr(digits, 2) == "25" && HexByte(text_.substr(digits + 2))) {
    digits += 2;
    if (level < kMaxDepth) ++level;
  }
  const std::optional<char> byte = HexByte(text_.substr(digits));
  if (!byte) return {{.c = '%', .start = position}, position + 1};
  return {{.c = *byte, .level = level, .start = position}, digits + 2};
}

// An entity, or one whose '&' is itself written "&amp;", or "&amp;" alone.
LogicalText::Spelled LogicalText::ReadEntity(std::size_t position) const {
  std::size_t name = position + 1;
  if (!MayBeginEntity(text_.substr(name))) return {{.c = '&', .start = position}, name};
  while (text_.substr(name).starts_with(kAmp)) name += kAmp.size();
  for (const auto& [spelled, c] : kEntities) {
    if (!text_.substr(name).starts_with(spelled)) continue;
    const std::size_t level = (name - position) / kAmp.size() + 1;
    const auto bounded = static_cast<std::uint8_t>(std::min<std::size_t>(level, kMaxDepth));
    return {{.c = c, .entity_level = bounded, .start = position}, name + spelled.size()};
  }
  return {{.c = '&', .start = position}, name};
}

// Backslashes become part of what they escape, however they are spelled themselves. Returns one
// past the spelling of what was pushed.
std::size_t LogicalText::PushBackslashes(std::size_t first) {
  Unit backslash;
  std::uint32_t count = 0;
  std::size_t next = first;
  while (next < text_.size()) {
    const Spelled spelled = Read(next);
    if (spelled.unit.c != '\\') break;
    backslash = spelled.unit;
    next = spelled.end;
    ++count;
  }
  if (std::optional<Spelled> joined = Joined(backslash, next)) {
    joined->unit.start = first;
    joined->unit.backslashes = count;
    Push(*joined);
    return joined->end;
  }
  // Where nothing is escaped, the whole run is passed over, so that it is counted once only.
  for (std::size_t position = first; position < next;) {
    const Spelled spelled = Read(position);
    Push(spelled);
    position = spelled.end;
  }
  return next;
}

// What stands at `position`, behind the last of some backslashes, where it is something that
// matters here and that they escape.
std::optional<LogicalText::Spelled> LogicalText::Joined(const Unit& backslash,
                                                        std::size_t position) const {
  if (position == text_.size()) return std::nullopt;
  Spelled joined = Read(position);
  Unit& escaped = joined.unit;
  // Percent-encoding leaves letters alone, so a letter may seem less encoded than its backslash.
  const bool letter = escaped.c >= 'a' && escaped.c <= 'z' && escaped.level == 0;
  if (escaped.level != backslash.level && !letter) return std::nullopt;
  escaped.level = backslash.level;
  switch (escaped.c) {
    case '"':
    case '\'':
    case '/':
      return joined;
    case 'n':
      escaped.c = '\n';
      return joined;
    case 'r':
      escaped.c = '\r';
      return joined;
    case 't':
      escaped.c = '\t';
      return joined;
    case 'u':
      return ReadCodePoint(joined);
    default:
      return std::nullopt;
  }
}

// The four digits behind an escaped u, where they name an ASCII character.
std::optional<LogicalText::Spelled> LogicalText::ReadCodePoint(Spelled letter) const {
  constexpr std::size_t kDigits = 4;
  std::string digits;
  while (digits.size() < kDigits && letter.end < text_.size()) {
    const Spelled digit = Read(letter.end);
    digits.push_back(digit.unit.c);
    letter.end = digit.end;
  }
  const std::optional<char> byte =
      digits.starts_with("00") ? HexByte(std::string_view(digits).substr(2)) : std::nullopt;
  if (!byte) return std::nullopt;
  letter.unit.c = *byte;
  letter.unit.unicode_escape = true;
  return letter;
}

}  // namespace scoregate::redact
