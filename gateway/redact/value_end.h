// Where a value ends, by the way it is written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gateway/redact/logical_text.h"

namespace scoregate::redact {

/// What a character can be part of; a table, since every character of every text is looked up.
enum CharacterTrait : std::uint8_t {
  kNameCharacter = 1,    ///< [A-Za-z0-9_.-], of which names, words and JSON Web Tokens are made.
  kBase64Character = 2,  ///< Of the standard or the URL alphabet, without padding.
  kTokenDelimiter = 4,   ///< No URL and no key goes on: see EndsToken.
  kAuthorityEnd = 8,     ///< No user information and no host goes on: see EndsAuthority.
  kAuthorityMark = 16,   ///< Such an end, or what else means something in an authority.
  kQueryMark = 32,       ///< What means something in a query: delimiters and its own.
  kWordCharacter = 64,   ///< A name character that is no full stop.
  kScanMark = 128,       ///< Where the scanner stops; see Scanner::Step.
};

inline constexpr std::array<std::uint8_t, 256> kCharacterTraits = [] {
  std::array<std::uint8_t, 256> traits{};
  for (std::size_t i = 0; i < traits.size(); ++i) {
    const bool letter = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || (i >= '0' && i <= '9');
    if (letter || i == '_' || i == '-') {
      traits[i] |= kNameCharacter | kWordCharacter | kBase64Character;
    }
    if (i < 0x20 || i >= 0x7F) traits[i] |= kTokenDelimiter;
    if (i < 0x20 || i == 0x7F) traits[i] |= kAuthorityEnd;
  }
  traits['.'] |= kNameCharacter;
  traits['+'] |= kBase64Character;
  traits['/'] |= kBase64Character;
  for (char c :
       {' ', '"', '\'', '`', '<', '>', '{', '}', '[', ']', '(', ')', '|', ';', ',', '\\'}) {
    traits[static_cast<unsigned char>(c)] |= kTokenDelimiter;
  }
  for (char c : {' ', '/', '?', '#', '"', '<', '>', '\\', '`', '{', '}', '|'}) {
    traits[static_cast<unsigned char>(c)] |= kAuthorityEnd;
  }
  for (std::uint8_t& trait : traits) {
    if ((trait & kAuthorityEnd) != 0) trait |= kAuthorityMark;
    if ((trait & kTokenDelimiter) != 0) trait |= kQueryMark;
  }
  for (char c : {'=', ':', '?', '>', '"', '\'', '\n', 'J', 'b', 'B', 'k', 'K', 'N', '_'}) {
    traits[static_cast<unsigned char>(c)] |= kScanMark;
  }
  for (char c : {'[', ';', '@'}) traits[static_cast<unsigned char>(c)] |= kAuthorityMark;
  for (char c : {'?', '&', '=', '#'}) traits[static_cast<unsigned char>(c)] |= kQueryMark;
  return traits;
}();

constexpr bool HasTrait(char c, CharacterTrait trait) {
  return (kCharacterTraits[static_cast<unsigned char>(c)] & trait) != 0;
}
constexpr bool IsNameCharacter(char c) {
  return HasTrait(c, kNameCharacter);
}
constexpr bool IsWordCharacter(char c) {
  return HasTrait(c, kWordCharacter);
}
constexpr bool IsBase64Character(char c) {
  return HasTrait(c, kBase64Character);
}
/// White space, quotes, brackets, `,`, `;`, `|`, backslashes, control characters, bytes outside
/// ASCII, and the '\0' that stands for the end of the text.
constexpr bool EndsToken(char c) {
  return HasTrait(c, kTokenDelimiter);
}
/// What ends user information and host. Other punctuation may stand in a password.
constexpr bool EndsAuthority(char c) {
  return HasTrait(c, kAuthorityEnd);
}
constexpr bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr bool IsQuote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

/// Whether this unit closes the string that `open` began: of the same spelling and depth, or of an
/// outer string.
bool Closes(const Unit& open, const Unit& unit);

/// How an unquoted value is looked at.
struct TokenShape {
  /// Percent-encoding of what stands before the value; deeper delimiters belong to the value.
  std::uint32_t level = 0;
  /// Whether `&` ends it.
  bool in_query = false;
};

/// One past the last unit of the token that begins at `begin`; full stops at its end do not belong
/// to it. It may begin with "[redacted]", so that redaction can be repeated.
std::size_t TokenEnd(const LogicalText& text, std::size_t begin, TokenShape shape);

/// Whether a password cannot go on at `index`, were it to hold spaces: `;`, `<`, a quote that is no
/// apostrophe, a line's end, and in a query `&`.
bool EndsPassword(const LogicalText& text, std::size_t index, TokenShape shape);

/// As TokenEnd, for a password without spaces.
std::size_t PasswordEnd(const LogicalText& text, std::size_t begin, TokenShape shape);

/// One past the last unit before the quote that closes the string opened by `open`, or before the
/// end of the text.
std::size_t QuotedEnd(const LogicalText& text, std::size_t begin, const Unit& open);

/// One past the last unit before a line's end, a quote or the end of the text.
std::size_t LineEnd(const LogicalText& text, std::size_t begin);

/// One past the name characters that begin at `begin`, or past the most that a name may have.
std::size_t WordEnd(const LogicalText& text, std::size_t begin);

/// One past the spaces and tabs that begin at `begin`; line ends are not skipped.
std::size_t SkipBlanks(const LogicalText& text, std::size_t begin);

/// Whether "[redacted]" stands there.
bool IsRedactedAt(const LogicalText& text, std::size_t index);

}  // namespace scoregate::redact
