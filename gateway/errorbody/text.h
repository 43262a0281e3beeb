// Bytes of a peer become text that is safe to keep: valid UTF-8, of bounded size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scoregate::errorbody {

/// Appends `bytes` to `out`, each maximal part of a broken UTF-8 sequence replaced by U+FFFD, until
/// `out` holds `limit` bytes; never a part of a character. False where something did not fit.
bool AppendRepaired(std::string& out, std::string_view bytes, std::size_t limit);

/// Appends one character, a surrogate or a number above U+10FFFF as U+FFFD. False where it did not
/// fit into `limit` bytes.
bool AppendCodePoint(std::string& out, char32_t code_point, std::size_t limit);

/// A text that was cut, without the word that the cut fell into, or without so much of it as a key
/// is long: what is known as a secret by its shape is not known by its half.
std::string_view WithoutCutWord(std::string_view text);

/// The text as valid UTF-8 of at most `limit` bytes, no word of it halved.
std::string Repaired(std::string_view bytes, std::size_t limit);

/// The body without its byte order mark. UTF-16, which only a mark can tell, is rewritten as UTF-8
/// into `storage`; otherwise the answer is a view into `body`.
std::string_view WithoutByteOrderMark(std::string_view body, std::string& storage);

/// ISO 8859-1, of which every byte is a character, as UTF-8.
std::string Latin1AsUtf8(std::string_view bytes);

/// Without blanks, tabs and line ends at both ends.
std::string_view Trimmed(std::string_view text);

/// Whether the two are equal but for the case of ASCII letters.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

constexpr bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

constexpr char LowerCase(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The value of a hexadecimal digit, or -1.
constexpr int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = LowerCase(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace scoregate::errorbody
