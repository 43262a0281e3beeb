// The tokens of tolerant JSON: strings and bare words, and whether they are JSON's own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {

struct StringToken {
  std::string_view inside;
  /// Where the text goes on, behind the closing quote.
  std::size_t end = 0;
  bool plain = true;     ///< ASCII without a backslash.
  bool exact = true;     ///< A string by RFC 8259, but for its UTF-8.
  bool finished = true;  ///< The closing quote is there.
};

struct WordToken {
  std::string_view text;
  std::size_t end = 0;
  JsonKind kind = JsonKind::kOther;
  bool exact = true;
};

inline constexpr std::size_t kNoQuote = static_cast<std::size_t>(-1);

/// How many letters stand before the quote of a string that begins at `at` (0, or 1 for Python's
/// u'' and b''), or kNoQuote where none begins there.
std::size_t QuotePrefix(std::string_view text, std::size_t at);

/// The string whose opening quote stands at `at`.
StringToken ScanString(std::string_view text, std::size_t at);

/// The number or literal that begins at `at`; takes at least one byte.
WordToken ScanWord(std::string_view text, std::size_t at);

/// Undoes the escapes of a string's inside, as UTF-8 in at most `limit` bytes, no word of it
/// halved. Understands JSON's escapes, `\'` and `\xHH`; an unknown one stays as it is, half of one
/// at the end is dropped.
std::string Unescaped(std::string_view inside, std::size_t limit);

}  // namespace scoregate::errorbody
