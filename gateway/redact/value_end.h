// Where a value ends, by the way it is written.
#pragma once

#include <cstddef>
#include <cstdint>

#include "gateway/redact/logical_text.h"

namespace scoregate::redact {

bool IsSpace(char c);
bool IsQuote(char c);
/// [A-Za-z0-9_.-]: what names, words and tokens of JSON Web Tokens are made of.
bool IsNameCharacter(char c);
/// Of the standard or the URL alphabet, without padding.
bool IsBase64Character(char c);

/// Whether no URL and no key goes on here: white space, quotes, brackets, `,`, `;`, control
/// characters, bytes outside ASCII, the end of the text.
bool EndsToken(char c);

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
/// to it. A "[redacted]" inside is part of it.
std::size_t TokenEnd(const LogicalText& text, std::size_t begin, TokenShape shape);

/// As TokenEnd, for a password, which may hold more punctuation: ends at white space, `;`, `<`, a
/// quote that is no apostrophe, and in a query `&`.
std::size_t PasswordEnd(const LogicalText& text, std::size_t begin, TokenShape shape);

/// One past the last unit before the quote that closes the string opened by `open`, or before the
/// end of the text.
std::size_t QuotedEnd(const LogicalText& text, std::size_t begin, const Unit& open);

/// One past the last unit before a line's end, a quote or the end of the text.
std::size_t LineEnd(const LogicalText& text, std::size_t begin);

/// One past the spaces and tabs that begin at `begin`; line ends are not skipped.
std::size_t SkipBlanks(const LogicalText& text, std::size_t begin);

/// Whether "[redacted]" stands there.
bool IsRedactedAt(const LogicalText& text, std::size_t index);

}  // namespace scoregate::redact
