// The ends of tokens, passwords, strings and lines. Each function reads every unit at most once.
#include "gateway/redact/value_end.h"

#include <string_view>

#include "gateway/redact/ascii.h"
#include "gateway/redact/redact.h"
#include "gateway/redact/secret_names.h"

namespace scoregate::redact {
namespace {

// Control characters, DEL and bytes outside ASCII; '\0' stands for the end of the text too.
constexpr bool IsOutsidePrintable(char c) {
  return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F;
}

constexpr bool IsOutsideAscii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool Closes(const Unit& open, const Unit& unit) {
  if (!IsQuote(unit.c)) return false;
  // A quote of an outer text ends everything inside; one of an inner text is content.
  const int depth = unit.level + unit.entity_level;
  const int open_depth = open.level + open.entity_level;
  if (depth != open_depth) return depth < open_depth && unit.c == '"';
  if (unit.c == open.c && unit.unicode_escape == open.unicode_escape) {
    if (open.unicode_escape) return unit.backslashes <= open.backslashes;
    // With b backslashes before the opening quote, JSON in JSON writes the closing one with b, and
    // an escaped backslash before it with 2(b + 1) more; any other number escapes a quote inside.
    const std::uint64_t own = open.backslashes;
    return unit.backslashes < own || unit.backslashes % (2 * (own + 1)) == own;
  }
  return unit.c == '"' && open.unicode_escape && unit.backslashes < open.backslashes;
}

bool IsRedactedAt(const LogicalText& text, std::size_t index) {
  for (char expected : kRedacted) {
    if (text.CharAt(index++) != expected) return false;
  }
  return true;
}

std::size_t TokenEnd(const LogicalText& text, std::size_t begin, TokenShape shape) {
  std::size_t end = IsRedactedAt(text, begin) ? begin + kRedacted.size() : begin;
  while (end < text.size()) {
    const Unit unit = text.At(end);
    const bool delimiter = EndsToken(unit.c) || (shape.in_query && unit.c == '&');
    if (delimiter && unit.level <= shape.level) break;
    ++end;
  }
  while (end > begin && text.CharAt(end - 1) == '.') --end;
  return end;
}

bool EndsPassword(const LogicalText& text, std::size_t index, TokenShape shape) {
  const Unit unit = text.At(index);
  if (unit.level > shape.level) return false;
  if (unit.c == ';' || (shape.in_query && unit.c == '&')) return true;
  if (unit.c == '<') return unit.entity_level == 0 && !unit.unicode_escape;
  if (IsQuote(unit.c)) return !IsLetterOrDigit(text.CharAt(index + 1));
  return unit.c != '\t' && IsOutsidePrintable(unit.c) && !IsOutsideAscii(unit.c);
}

std::size_t PasswordEnd(const LogicalText& text, std::size_t begin, TokenShape shape) {
  std::size_t end = begin;
  for (; end < text.size() && !EndsPassword(text, end, shape); ++end) {
    const Unit unit = text.At(end);
    if ((unit.c == ' ' || unit.c == '\t') && unit.level <= shape.level) break;
  }
  return end;
}

std::size_t QuotedEnd(const LogicalText& text, std::size_t begin, const Unit& open) {
  std::size_t end = begin;
  while (end < text.size() && !Closes(open, text.At(end))) ++end;
  return end;
}

std::size_t LineEnd(const LogicalText& text, std::size_t begin) {
  std::size_t end = begin;
  for (; end < text.size(); ++end) {
    const char c = text.CharAt(end);
    if (c == '\r' || c == '\n' || IsQuote(c)) break;
  }
  return end;
}

std::size_t WordEnd(const LogicalText& text, std::size_t begin) {
  return text.EndOfRun(begin, IsNameCharacter, kMaxNameCharacters + 1);
}

std::size_t SkipBlanks(const LogicalText& text, std::size_t begin) {
  while (text.CharAt(begin) == ' ' || text.CharAt(begin) == '\t') ++begin;
  return begin;
}

}  // namespace scoregate::redact
