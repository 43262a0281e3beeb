// Values after a name that says that they are secret: in connection strings, queries, header
// lines, JSON of any nesting, Python dictionaries and XML; and tokens with a prefix that does.
#include <algorithm>
#include <array>
#include <string_view>

#include "gateway/redact/ascii.h"
#include "gateway/redact/scanner.h"

namespace scoregate::redact {
namespace {

// Literals that are no secrets.
constexpr auto kLiterals = std::to_array<std::string_view>({"null", "true", "false", "None"});

// Credentials without a digit or mixed case are taken for a word when shorter.
constexpr std::size_t kLeastCredentials = 8;
constexpr std::size_t kLongWord = 24;

// A "code" in a query is an error's or a key; error codes are words.
constexpr std::size_t kLeastQueryCode = 20;

struct Scheme {
  std::string_view name;
  // Whether its credentials are one token; else they go on to the end of the line.
  bool one_token;
};

constexpr auto kSchemes = std::to_array<Scheme>({
    {"basic", true},
    {"negotiate", true},
    {"ntlm", true},
    {"sharedkey", true},
    {"sharedkeylite", true},
    {"token", true},
    {"apikey", true},
    {"key", true},
    {"bearer", true},
    {"digest", false},
    {"sharedaccesssignature", false},
    {"aws4-hmac-sha256", false},
    {"hmac-sha256", false},
});

// GitHub's tokens and Hugging Face's, as far as the '_' before what is secret.
constexpr auto kTokenPrefixes =
    std::to_array<std::string_view>({"ghp", "gho", "ghu", "ghs", "ghr", "github_pat", "hf"});

constexpr std::string_view kLastOfPrefixes = "poustrf";
static_assert(std::ranges::all_of(kTokenPrefixes, [](std::string_view prefix) {
  return kLastOfPrefixes.find(prefix.back()) != prefix.npos;
}));

// Of letters and digits in a row behind such a prefix, so many are a token whatever they are: no
// name goes on for so long.
constexpr std::size_t kLeastTokenRun = 30;

// "Signature=" is AWS's behind a comma; elsewhere, a model's signature is a name, and one that
// signs something has so many characters: a hash of 160 bits in hex.
constexpr std::size_t kLeastSignature = 40;

bool IsLiteral(std::string_view word) {
  return std::ranges::find(kLiterals, word) != kLiterals.end();
}

// Whether a '<' is spelled as the '>' of the tag before it was, and so is no content.
bool OpensTag(const Unit& bracket, const Unit& unit) {
  return unit.c == '<' && unit.level <= bracket.level && unit.entity_level <= bracket.entity_level;
}

}  // namespace

Scanner::Key Scanner::KeyOf(const Name& name, const Unit& separator) const {
  Key key;
  key.separator = separator;
  if (name.begin == name.end) return key;
  key.quoted = name.quoted;
  bool after_comma = false;
  if (name.begin > 0) {
    const char before = text_.CharAt(name.begin - 1);
    key.in_query = before == '?' || before == '&';
    key.after_semicolon =
        before == ';' || (before == ' ' && name.begin > 1 && text_.CharAt(name.begin - 2) == ';');
    after_comma =
        before == ',' || (before == ' ' && name.begin > 1 && text_.CharAt(name.begin - 2) == ',');
  }
  key.kind = KindOfName(Text(name.begin, name.end));
  const bool equals = separator.c == '=';
  const bool weak = key.kind == NameKind::kWeak;
  if (key.kind == NameKind::kBearer) {
    key.kind = equals || key.quoted ? NameKind::kWeak : NameKind::kLikeKey;
  }
  if (key.kind == NameKind::kQuerySignature && equals) {
    key.kind = key.in_query ? NameKind::kQuery : NameKind::kLikeKey;
    if (!after_comma) key.least_like_key = kLeastSignature;
  }
  const bool query = key.kind == NameKind::kQuery || key.kind == NameKind::kQueryCode ||
                     key.kind == NameKind::kQuerySignature;
  if ((weak && !equals && !key.quoted) || (query && !(equals && key.in_query))) {
    key.kind = NameKind::kPlain;
  }
  if (key.kind == NameKind::kPlain && name.first_word < name.begin) {
    key.kind = KindOfTwoWords(Text(name.first_word, name.end));
  }
  return key;
}

bool Scanner::TakeValue(const Key& key, std::size_t begin) {
  if (key.kind == NameKind::kPlain) return false;
  if (key.separator.c == '=' && text_.CharAt(begin) == '>') ++begin;
  begin = SkipBlanks(text_, begin);
  while (key.quoted && IsSpace(text_.CharAt(begin))) ++begin;
  const Unit unit = text_.At(begin);
  if (key.kind == NameKind::kLikeKey && !BeginsLikeKey(begin, key.least_like_key)) return false;
  if (unit.c == '"' || unit.c == '\'') {
    if (!key.quoted && ClosesProse(begin)) return false;
    return TakeQuotedValue(key, begin);
  }
  if (unit.c == '[' && !IsRedactedAt(text_, begin) && TakeList(begin)) return true;
  const std::size_t word = WordEnd(text_, begin);
  const bool alone = EndsToken(text_.CharAt(word)) || text_.CharAt(word) == '&';
  const bool structure = unit.c == '{' && (key.quoted || key.separator.c == ':');
  if (structure || (alone && IsLiteral(Text(begin, word)))) return false;
  return TakeUnquotedValue(key, begin);
}

// Whether a quote after a name and its separator ends a quotation that holds them, as in: the
// string has no 'AccountKey=' in it.
bool Scanner::ClosesProse(std::size_t quote) const {
  const char c = text_.CharAt(quote);
  const char next = text_.CharAt(quote + 1);
  const bool open = c == '"' ? in_double_quotes_ : in_single_quotes_;
  return open && (next == ' ' || next == '.' || next == ',' || next == ')' || next == '\0');
}

bool Scanner::TakeQuotedValue(const Key& key, std::size_t quote) {
  std::size_t begin = quote + 1;
  const std::size_t end = QuotedEnd(text_, begin, text_.At(quote));
  if (key.kind == NameKind::kAuthorization) {
    const std::size_t word = WordEnd(text_, begin);
    const ShortText name = LowerText(begin, word);
    const bool known = std::ranges::find(kSchemes, name.view(), &Scheme::name) != kSchemes.end();
    if (known && text_.CharAt(word) == ' ') begin = SkipBlanks(text_, word);
  }
  if (begin >= end) return false;
  NoteQuote(quote);
  Redact(begin, end);
  return true;
}

// The strings of a list such as ["a", "b"].
bool Scanner::TakeList(std::size_t bracket) {
  bool found = false;
  std::size_t i = bracket;
  do {
    ++i;
    while (IsSpace(text_.CharAt(i))) ++i;
    const Unit open = text_.At(i);
    if (!IsQuote(open.c)) break;
    const std::size_t end = QuotedEnd(text_, i + 1, open);
    if (end > i + 1) {
      NoteQuote(i);
      Redact(i + 1, end);
      found = true;
    }
    i = end + 1;
    while (IsSpace(text_.CharAt(i))) ++i;
  } while (text_.CharAt(i) == ',');
  return found;
}

bool Scanner::TakeUnquotedValue(const Key& key, std::size_t begin) {
  const std::uint32_t level = key.separator.level;
  std::size_t end = begin;
  switch (key.kind) {
    case NameKind::kPlain:
    case NameKind::kBearer:
    case NameKind::kQuerySignature:
      return false;
    case NameKind::kAuthorization:
      return TakeAuthorization(key, begin);
    case NameKind::kCookie:
      end = LineEnd(text_, begin);
      break;
    case NameKind::kPassword:
      end = PasswordEnd(text_, begin, {.level = level, .in_query = key.in_query});
      end = SpacedPasswordEnd(key, end);
      break;
    case NameKind::kSignature:
      end = TokenEnd(text_, begin, {.level = level, .in_query = key.in_query});
      break;
    case NameKind::kKey:
    case NameKind::kWeak:
    case NameKind::kLikeKey:
    case NameKind::kQuery:
    case NameKind::kQueryCode:
      end = TokenEnd(text_, begin, {.level = level, .in_query = true});
      break;
  }
  if (end <= begin) return false;
  const bool short_code = end - begin < kLeastQueryCode || !LooksLikeKey(begin, end);
  if (key.kind == NameKind::kQueryCode && short_code && !IsRedactedAt(text_, begin)) return false;
  Redact(begin, end);
  return true;
}

// "ghp_" and what follows. The prefix stays.
bool Scanner::TakePrefixedToken() {
  if (position_ == floor_ ||
      kLastOfPrefixes.find(text_.CharAt(position_ - 1)) == std::string_view::npos)
    return false;
  const bool known = std::ranges::any_of(kTokenPrefixes, [this](std::string_view prefix) {
    if (position_ < floor_ + prefix.size()) return false;
    const std::size_t begin = position_ - prefix.size();
    if (text_.Characters(begin, position_) != prefix) return false;
    return begin == 0 || !IsWordCharacter(text_.CharAt(begin - 1));
  });
  if (!known || IsRedactedAt(text_, position_ + 1)) return false;
  if (!BeginsLikeKey(position_ + 1) && !BeginsLongRun(position_ + 1)) return false;
  Redact(position_ + 1, text_.EndOfRun(position_ + 1, IsWordCharacter));
  return true;
}

// True for more of a text where it is true for the beginning, so that "[redacted]" in what follows
// changes nothing.
bool Scanner::LooksLikeKey(std::size_t begin, std::size_t end) const {
  if (IsRedactedAt(text_, begin)) return true;
  if (end - begin < kLeastCredentials) return false;
  if (end - begin >= kLongWord) return true;
  for (std::size_t i = begin; i < end; ++i) {
    const char c = text_.CharAt(i);
    if (IsDigit(c) || (i > begin && IsUpper(c) && IsLower(text_.CharAt(i - 1)))) return true;
  }
  return false;
}

// By its first characters only, so that "[redacted]" in what follows changes nothing.
bool Scanner::BeginsLikeKey(std::size_t begin, std::size_t least) const {
  if (IsRedactedAt(text_, begin)) return true;
  bool has_digit = false;
  bool has_lower = false;
  bool has_capitals = false;
  for (std::size_t i = begin; i < begin + least; ++i) {
    const char c = text_.CharAt(i);
    if (!IsLetterOrDigit(c) && c != '+' && c != '/') return false;
    has_digit = has_digit || IsDigit(c);
    has_lower = has_lower || IsLower(c);
    has_capitals = has_capitals || (i > begin && IsUpper(c) && IsUpper(text_.CharAt(i - 1)));
  }
  return has_digit || (has_lower && has_capitals);
}

bool Scanner::BeginsLongRun(std::size_t begin) const {
  std::size_t end = begin;
  while (end - begin < kLeastTokenRun && IsLetterOrDigit(text_.CharAt(end))) ++end;
  return end - begin == kLeastTokenRun;
}

// The scheme stays. "Bearer" is left to the loop, which knows it anywhere.
bool Scanner::TakeAuthorization(const Key& key, std::size_t begin) {
  const std::size_t word = WordEnd(text_, begin);
  const ShortText name = LowerText(begin, word);
  if (name.view() == "bearer") return false;
  const TokenShape shape{.level = key.separator.level, .in_query = true};
  const auto scheme = std::ranges::find(kSchemes, name.view(), &Scheme::name);
  const char gap = text_.CharAt(word);
  const bool known = scheme != kSchemes.end() && (gap == ' ' || gap == '+');
  if (known) begin = SkipBlanks(text_, word + 1);
  const bool one_token = key.in_query || (known && scheme->one_token);
  const std::size_t end = one_token ? TokenEnd(text_, begin, shape) : LineEnd(text_, begin);
  if (end <= begin) return false;
  Redact(begin, end);
  return true;
}

// A password goes on over spaces where it stands in a connection string: after a ';', or before a
// ';' and the next name.
std::size_t Scanner::SpacedPasswordEnd(const Key& key, std::size_t end) {
  if (text_.CharAt(end) != ' ' || key.separator.c != '=' || key.in_query) return end;
  if (!key.after_semicolon && end < no_spaced_password_before_) return end;
  const TokenShape shape{.level = key.separator.level};
  std::size_t further = end;
  while (further < text_.size() && !EndsPassword(text_, further, shape)) ++further;
  if (key.after_semicolon) return further;
  if (text_.CharAt(further) == ';') {
    const std::size_t name = SkipBlanks(text_, further + 1);
    const std::size_t name_end = WordEnd(text_, name);
    if (name_end > name && text_.CharAt(name_end) == '=') return further;
  }
  no_spaced_password_before_ = further;
  return end;
}

// <Password>...</Password>. Without the closing tag only the next word: it may be a placeholder in
// prose.
bool Scanner::TakeElement() {
  const Name name = NameBefore(position_);
  if (name.begin == 0 || name.end != position_) return false;
  if (text_.CharAt(name.begin - 1) != '<') return false;
  const Unit separator = text_.At(position_);
  const Key key = KeyOf(name, separator);
  if (key.kind == NameKind::kPlain) return false;
  const std::size_t begin = position_ + 1;
  std::size_t end = begin;
  while (end < text_.size() && !OpensTag(separator, text_.At(end))) ++end;
  const bool closed = end < text_.size() && text_.CharAt(end + 1) == '/';
  if (!closed) end = PasswordEnd(text_, begin, {.level = separator.level});
  if (end <= begin) return false;
  Redact(begin, end);
  return true;
}

}  // namespace scoregate::redact
