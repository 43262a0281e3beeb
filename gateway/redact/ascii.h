// What an ASCII character is, whatever the locale; every other byte is none of these.
#pragma once

namespace scoregate::redact {

constexpr bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool IsLetterOrDigit(char c) {
  return IsLower(c) || IsUpper(c) || IsDigit(c);
}

constexpr char LowerCase(char c) {
  return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// What the character is worth as a hex digit, or -1.
constexpr int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = LowerCase(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace scoregate::redact
