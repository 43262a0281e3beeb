// The ends of tokens, passwords, strings and lines. Each function reads every unit at most once.
#include "gateway/redact/value_end.h"

#include <string_view>

#include "gateway/redact/redact.h"

namespace scoregate::redact {
namespace {

constexpr bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Control characters, DEL and bytes outside ASCII; '\0' stands for the end of the text too.
constexpr bool IsOutsidePrintable(char c) {
  return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F;
}

constexpr bool IsOutsideAscii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool IsQuote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

bool IsNameCharacter(char c) {
  return IsLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
}

bool IsBase64Character(char c) {
  return IsLetterOrDigit(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

bool EndsToken(char c) {
  constexpr std::string_view kDelimiters = " \"'`<>{}[]()|;,\\";
  return IsOutsidePrintable(c) || kDelimiters.find(c) != std::string_view::npos;
}

bool Closes(const Unit& open, const Unit& unit) {
  if (!IsQuote(unit.c)) return false;
  const bool backslashes =
      (open.spelling == Spelling::kPlain || open.spelling == Spelling::kBackslash) &&
      (unit.spelling == Spelling::kPlain || unit.spelling == Spelling::kBackslash);
  if (backslashes && unit.c == open.c) {
    // With b backslashes before the opening quote, JSON in JSON writes the closing one with b, and
    // an escaped backslash before it with 2(b + 1) more; any other number escapes a quote inside.
    const std::uint64_t own = open.depth;
    return unit.depth < own || unit.depth % (2 * (own + 1)) == own;
  }
  if (unit.c == open.c && unit.spelling == open.spelling) return unit.depth <= open.depth;
  // A plain quote closes whatever was opened inside its string.
  return unit.c == '"' && unit.spelling == Spelling::kPlain && open.spelling != Spelling::kPlain;
}

bool IsRedactedAt(const LogicalText& text, std::size_t index) {
  for (char expected : kRedacted) {
    if (text.CharAt(index++) != expected) return false;
  }
  return true;
}

std::size_t TokenEnd(const LogicalText& text, std::size_t begin, TokenShape shape) {
  std::size_t end = begin;
  while (end < text.size()) {
    const Unit unit = text.At(end);
    if (unit.c == '[' && IsRedactedAt(text, end)) {
      end += kRedacted.size();
      continue;
    }
    const bool delimiter = EndsToken(unit.c) || (shape.in_query && unit.c == '&');
    if (delimiter && unit.level() <= shape.level) break;
    ++end;
  }
  while (end > begin && text.CharAt(end - 1) == '.') --end;
  return end;
}

std::size_t PasswordEnd(const LogicalText& text, std::size_t begin, TokenShape shape) {
  std::size_t end = begin;
  for (; end < text.size(); ++end) {
    const Unit unit = text.At(end);
    if (unit.level() > shape.level) continue;
    const bool outside = IsOutsidePrintable(unit.c) && !IsOutsideAscii(unit.c);
    if (outside || unit.c == ' ' || unit.c == ';' || unit.c == '<') break;
    if (shape.in_query && unit.c == '&') break;
    if (IsQuote(unit.c) && !IsLetterOrDigit(text.CharAt(end + 1))) break;
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

std::size_t SkipBlanks(const LogicalText& text, std::size_t begin) {
  while (text.CharAt(begin) == ' ' || text.CharAt(begin) == '\t') ++begin;
  return begin;
}

}  // namespace scoregate::redact
