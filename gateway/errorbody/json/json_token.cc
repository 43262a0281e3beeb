// Finds where tokens end; the inner loop of the tolerant reader.
#include "gateway/errorbody/json/json_token.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101u;
constexpr std::uint64_t kHighBits = 0x8080808080808080u;

// Not zero where a byte of the word is zero.
constexpr std::uint64_t ZeroByte(std::uint64_t word) {
  return (word - kOnes) & ~word & kHighBits;
}

// Not zero where a byte of the word is a control character.
constexpr std::uint64_t ControlByte(std::uint64_t word) {
  return (word - kOnes * 0x20) & ~word & kHighBits;
}

// Skips eight bytes at a time while none of them needs a look. `stops` is kHighBits where bytes
// that are not ASCII do.
std::size_t SkipOrdinary(std::string_view text, std::size_t at, char quote, std::uint64_t stops) {
  const std::uint64_t quotes = kOnes * static_cast<unsigned char>(quote);
  constexpr std::uint64_t kBackslashes = kOnes * static_cast<unsigned char>('\\');
  while (at + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof(word));
    const std::uint64_t hit = ZeroByte(word ^ quotes) | ZeroByte(word ^ kBackslashes) |
                              ControlByte(word) | (word & stops);
    if (hit != 0) {
      // The lowest mark is right; a borrow can only set wrong ones above it.
      if (std::endian::native != std::endian::little) return at;
      return at + static_cast<std::size_t>(std::countr_zero(hit)) / 8;
    }
    at += sizeof(word);
  }
  return at;
}

bool FourHexDigits(std::string_view text) {
  if (text.size() < 4) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    if (HexDigit(text[i]) < 0) return false;
  }
  return true;
}

// Whether JSON knows the escape whose letter stands first.
bool IsExactEscape(std::string_view letters) {
  if (letters.empty()) return false;
  if (letters.front() == 'u') return FourHexDigits(letters.substr(1));
  return std::string_view("\"\\/bfnrt").find(letters.front()) != std::string_view::npos;
}

// Where the digits that begin at `at` end.
std::size_t SkipDigits(std::string_view text, std::size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

// Where the number by RFC 8259, part 6, that begins at `at` ends; `at` where none begins there.
std::size_t SkipExactNumber(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  const auto is = [&](char c) { return at < text.size() && text[at] == c; };
  if (is('-')) ++at;
  const std::size_t whole = at;
  at = SkipDigits(text, at);
  if (at == whole || (at - whole > 1 && text[whole] == '0')) return begin;
  if (is('.')) {
    const std::size_t fraction = ++at;
    at = SkipDigits(text, at);
    if (at == fraction) return begin;
  }
  if (is('e') || is('E')) {
    ++at;
    if (is('+') || is('-')) ++at;
    const std::size_t exponent = at;
    at = SkipDigits(text, at);
    if (at == exponent) return begin;
  }
  return at;
}

// Numbers as other languages write them: 007, +1, .5, 5. and the like.
bool IsNumberLike(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || !(IsDigit(text.front()) || text.front() == '.')) return false;
  bool digit = false;
  bool point = false;
  std::size_t i = 0;
  for (; i < text.size() && (IsDigit(text[i]) || (text[i] == '.' && !point)); ++i) {
    digit = digit || IsDigit(text[i]);
    point = point || text[i] == '.';
  }
  if (!digit) return false;
  if (i == text.size()) return true;
  if (LowerCase(text[i]) != 'e') return false;
  std::string_view exponent = text.substr(i + 1);
  if (exponent.starts_with('+') || exponent.starts_with('-')) exponent.remove_prefix(1);
  return !exponent.empty() && exponent.find_first_not_of("0123456789") == exponent.npos;
}

struct Literal {
  std::string_view text;
  JsonKind kind;
  bool exact;
};

// The bare NaN and infinities are answers that real scoring scripts give; see JsonTree::exact().
constexpr std::array<Literal, 12> kLiterals = {{
    {"true", JsonKind::kTrue, true},
    {"false", JsonKind::kFalse, true},
    {"null", JsonKind::kNull, true},
    {"NaN", JsonKind::kNumber, true},
    {"Infinity", JsonKind::kNumber, true},
    {"-Infinity", JsonKind::kNumber, true},
    {"True", JsonKind::kTrue, false},
    {"False", JsonKind::kFalse, false},
    {"None", JsonKind::kNull, false},
    {"nan", JsonKind::kNumber, false},
    {"inf", JsonKind::kNumber, false},
    {"-inf", JsonKind::kNumber, false},
}};

constexpr bool EndsWord(char c) {
  switch (c) {
    case ',':
    case ':':
    case '[':
    case ']':
    case '{':
    case '}':
    case '"':
    case '\'':
    case ' ':
    case '\t':
    case '\n':
    case '\r':
      return true;
    default:
      return false;
  }
}

constexpr std::array<bool, 256> kEndsWord = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = EndsWord(static_cast<char>(i));
  return table;
}();

}  // namespace

std::size_t QuotePrefix(std::string_view text, std::size_t at) {
  const auto is_quote = [&](std::size_t i) {
    return i < text.size() && (text[i] == '"' || text[i] == '\'');
  };
  if (is_quote(at)) return 0;
  const bool letter = text[at] == 'u' || text[at] == 'b';
  return letter && is_quote(at + 1) ? 1 : kNoQuote;
}

StringToken ScanString(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::size_t begin = at + 1;
  StringToken token;
  token.exact = quote == '"';
  std::size_t i = begin;
  while (true) {
    i = SkipOrdinary(text, i, quote, token.plain ? kHighBits : 0);
    if (i >= text.size()) break;
    const char c = text[i];
    if (c == quote) {
      token.inside = text.substr(begin, i - begin);
      token.end = i + 1;
      return token;
    }
    if (c == '\\') {
      token.plain = false;
      token.exact = token.exact && IsExactEscape(text.substr(i + 1));
      // Whatever stands behind the backslash, a quote too, belongs to the string.
      ++i;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      token.exact = false;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      token.plain = false;
    }
    ++i;
  }
  token.inside = text.substr(begin);
  token.end = text.size();
  token.exact = false;
  token.finished = false;
  return token;
}

WordToken ScanWord(std::string_view text, std::size_t at) {
  const auto ends = [&](std::size_t i) {
    return i >= text.size() || kEndsWord[static_cast<unsigned char>(text[i])];
  };
  WordToken token;
  std::size_t end = SkipExactNumber(text, at);
  if (end > at && ends(end)) {
    token.text = text.substr(at, end - at);
    token.end = end;
    token.kind = JsonKind::kNumber;
    return token;
  }
  end = std::max(end, at + 1);
  while (!ends(end)) ++end;
  token.text = text.substr(at, end - at);
  token.end = end;
  for (const Literal& literal : kLiterals) {
    if (token.text != literal.text) continue;
    token.kind = literal.kind;
    token.exact = literal.exact;
    return token;
  }
  token.exact = false;
  token.kind = IsNumberLike(token.text) ? JsonKind::kNumber : JsonKind::kOther;
  return token;
}

std::string Unescaped(std::string_view inside, std::size_t limit) {
  std::string text;
  const auto hex = [&](std::size_t from, std::size_t digits) -> char32_t {
    char32_t value = 0;
    for (std::size_t i = from; i < from + digits; ++i) {
      value = value * 16 + static_cast<char32_t>(HexDigit(inside[i]));
    }
    return value;
  };
  const auto cut = [&] { return std::string(WithoutCutWord(text)); };
  while (!inside.empty()) {
    const std::size_t ordinary = std::min(inside.find('\\'), inside.size());
    if (!AppendRepaired(text, inside.substr(0, ordinary), limit)) return cut();
    inside.remove_prefix(ordinary);
    if (inside.size() < 2) return text;
    const char letter = inside[1];
    constexpr std::string_view kLetters = "\"\\/'bfnrt";
    constexpr std::string_view kMeanings = "\"\\/'\b\f\n\r\t";
    std::size_t taken = 2;
    char32_t character = 0;
    if (const std::size_t known = kLetters.find(letter); known != kLetters.npos) {
      character = static_cast<unsigned char>(kMeanings[known]);
    } else if (letter == 'u' && FourHexDigits(inside.substr(2))) {
      taken = 6;
      character = hex(2, 4);
      const bool high = character >= 0xD800 && character < 0xDC00;
      if (high && inside.substr(6).starts_with("\\u") && FourHexDigits(inside.substr(8))) {
        const char32_t low = hex(8, 4);
        if (low >= 0xDC00 && low < 0xE000) {
          taken = 12;
          character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
        }
      }
    } else if (letter == 'x' && inside.size() >= 4 && HexDigit(inside[2]) >= 0 &&
               HexDigit(inside[3]) >= 0) {
      taken = 4;
      character = hex(2, 2);
    } else {
      // Half an escape at the end was cut; elsewhere, such as in a Windows path, it is text.
      if ((letter == 'u' || letter == 'x') && inside.size() < 6 &&
          inside.find_first_not_of("0123456789abcdefABCDEF", 2) == inside.npos) {
        return text;
      }
      taken = 1;
      character = '\\';
    }
    if (!AppendCodePoint(text, character, limit)) return cut();
    inside.remove_prefix(taken);
  }
  return text;
}

}  // namespace scoregate::errorbody
