// The one pass over a text that finds what must not be shown.
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <string_view>

#include "gateway/redact/logical_text.h"
#include "gateway/redact/secret_names.h"
#include "gateway/redact/short_text.h"
#include "gateway/redact/value_end.h"

namespace scoregate::redact {

/// Bytes of the text from `begin` up to `end`.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// So much of a key at the end of a text that was cut is worth hiding.
inline constexpr std::size_t kCutKeyCharacters = 64;

/// What begins like a key has so many characters of base64 at least, which are no word.
inline constexpr std::size_t kLeastLikeKey = 16;

/// Finds the secrets of one text. Positions are units of the LogicalText; every step consumes what
/// it has read, or is bounded, or remembers how far it looked, so the work is linear.
class Scanner {
 public:
  /// The text must outlive the scanner.
  explicit Scanner(const LogicalText& text) : text_(text) {}

  using Spans = absl::InlinedVector<Span, 4>;

  /// The secrets, in ascending order and apart from each other. Called once.
  Spans Scan();

 private:
  /// The name that stands before a separator, with nothing but a quote and spaces between, where it
  /// may be a secret's.
  struct Name {
    std::size_t begin = 0;
    /// As `begin` for none.
    std::size_t end = 0;
    /// Where the word before it begins if one blank lies between, else `begin`.
    std::size_t first_word = 0;
    /// Whether a quote closes it, as in JSON.
    bool quoted = false;
  };

  /// What a name and the separator after it say.
  struct Key {
    NameKind kind = NameKind::kPlain;
    Unit separator;
    bool quoted = false;
    /// Whether `?` or `&` stands before the name.
    bool in_query = false;
    /// Whether `;` stands before the name, as in a connection string.
    bool after_semicolon = false;
    /// How many characters what begins like a key has at least, for a name that says little.
    std::size_t least_like_key = kLeastLikeKey;
  };

  // scanner.cc: the loop, and what needs no name before it.
  void PassQuote();
  void Step(char c);
  void NoteQuote(std::size_t index);
  void Redact(std::size_t begin, std::size_t end);
  std::string_view Text(std::size_t begin, std::size_t end) const;
  ShortText LowerText(std::size_t begin, std::size_t end) const;
  template <typename Predicate>
  std::size_t BeginOfRun(std::size_t end, Predicate belongs) const;
  bool MayBeSecret(std::size_t name_end) const;
  Name NameBefore(std::size_t separator) const;
  bool TakeScheme(std::size_t begin);
  bool TakeTokenPart();
  bool TakeJsonWebToken(std::size_t begin, std::size_t end);
  bool TakeSchemeCredentials(std::size_t begin, std::size_t end);
  bool TakeSeparator();
  bool TakeBase64Key();
  void TakeCutKey();
  bool BeginsSecretParameter(std::size_t begin) const;
  bool IsCutUserInfo(std::size_t begin, std::size_t end) const;
  bool TakeAuthority();
  bool TakeQuery(std::size_t begin, const Unit& opener);

  // scanner_values.cc: values after a name or a prefix that says what they are.
  bool TakePrefixedToken();
  bool LooksLikeKey(std::size_t begin, std::size_t end) const;
  bool BeginsLikeKey(std::size_t begin, std::size_t least = kLeastLikeKey) const;
  bool BeginsLongRun(std::size_t begin) const;
  Key KeyOf(const Name& name, const Unit& separator) const;
  bool TakeElement();
  bool TakeValue(const Key& key, std::size_t begin);
  bool ClosesProse(std::size_t quote) const;
  bool TakeQuotedValue(const Key& key, std::size_t quote);
  bool TakeList(std::size_t bracket);
  bool TakeUnquotedValue(const Key& key, std::size_t begin);
  bool TakeAuthorization(const Key& key, std::size_t begin);
  std::size_t SpacedPasswordEnd(const Key& key, std::size_t end);

  const LogicalText& text_;
  Spans found_;
  /// The unit to look at next.
  std::size_t position_ = 0;

  /// Names and keys do not begin before this: what stands there has been dealt with.
  std::size_t floor_ = 0;
  /// Names up to here hold no JSON Web Token.
  std::size_t no_token_before_ = 0;
  /// Whether an odd number of these quotes, apostrophes apart, has gone by on this line.
  bool in_double_quotes_ = false;
  bool in_single_quotes_ = false;

  /// Up to where queries have been looked at.
  std::size_t query_end_ = 0;
  /// Whether position_ is within a URL of Azure Storage.
  bool in_storage_url_ = false;
  /// What follows a password with spaces has been looked at up to here, and is none.
  std::size_t no_spaced_password_before_ = 0;
};

}  // namespace scoregate::redact
