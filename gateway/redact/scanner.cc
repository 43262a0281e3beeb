// The loop of the scanner, and the secrets that are known by their own shape: JSON Web Tokens,
// scheme and credentials, base64 keys, user information and signatures in URLs.
#include "gateway/redact/scanner.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "gateway/redact/ascii.h"
#include "gateway/redact/redact.h"

namespace scoregate::redact {
namespace {

// 64 bytes in base64, without the padding "==".
constexpr std::size_t kKeyCharacters = 86;
// Of random base64, two neighbors out of three are of different kinds; of words, one out of three.
constexpr std::size_t kCutKeyChanges = 32;
// The least that two parts of a JSON Web Token have.
constexpr std::size_t kLeastTokenHeader = 8;
constexpr std::size_t kLeastTokenBody = 4;
constexpr std::size_t kLongestSasParameter = 5;
constexpr std::size_t kLongestPort = 5;
constexpr auto kCredentialSchemes = std::to_array<std::string_view>(
    {"bearer", "basic", "sharedkey", "sharedkeylite", "ntlm", "negotiate"});

constexpr int CharacterClass(char c) {
  return IsLower(c) ? 0 : IsUpper(c) ? 1 : IsDigit(c) ? 2 : 3;
}

// Of a scheme that begins so, the letter behind it is looked for, since 's' is in most words.
constexpr std::string_view kShared = "shared";

// NTLM and Negotiate are looked for with a capital only: 'n' is in most words too, and prose
// negotiates much. Behind the name of a header they are known in any case. The second letter tells
// most words apart from these.
constexpr bool BeginsScheme(char first, char second) {
  second = LowerCase(second);
  if (first == 'b' || first == 'B') return second == 'e' || second == 'a';
  if (first == 's' || first == 'S') return second == 'h';
  return first == 'N' && (second == 't' || second == 'e');
}

constexpr char Capital(char c) {
  return static_cast<char>(c - 'a' + 'A');
}

// With a capital, each is come to by a mark: its first letter, or the one behind "Shared".
static_assert(std::ranges::all_of(kCredentialSchemes, [](std::string_view scheme) {
  const char mark = scheme.starts_with(kShared) ? scheme[kShared.size()] : scheme.front();
  return HasTrait(Capital(mark), kScanMark) && BeginsScheme(Capital(scheme.front()), scheme[1]);
}));

}  // namespace

// Most marks of JSON are these, and end what ends at all.
inline void Scanner::PassQuote() {
  in_double_quotes_ = !in_double_quotes_;
  in_storage_url_ = false;
  ++position_;
}

// What is plain is passed over fast; what stands before a mark is looked at when that is reached.
Scanner::Spans Scanner::Scan() {
  while (true) {
    const int marks = in_storage_url_ ? kScanMark | kTokenDelimiter : kScanMark;
    position_ = text_.EndOfRun(position_, [marks](char c) {
      return (kCharacterTraits[static_cast<unsigned char>(c)] & marks) == 0;
    });
    if (position_ >= text_.size()) break;
    const char c = text_.CharAt(position_);
    if (c == '"') {
      PassQuote();
    } else {
      Step(c);
    }
  }
  TakeCutKey();
  return std::move(found_);
}

void Scanner::Step(char c) {
  switch (c) {
    case '=':
    case ':':
      if (TakeSeparator()) return;
      break;
    case '?':
      if (position_ >= query_end_ && TakeQuery(position_ + 1, text_.At(position_))) return;
      break;
    case '>':
      if (TakeElement()) return;
      break;
    case 'J':
      if (TakeTokenPart()) return;
      break;
    case 'b':
    case 'B':
    case 'N':
      if (TakeScheme(position_)) return;
      break;
    case 'k':
    case 'K':
      if (position_ >= kShared.size() && TakeScheme(position_ - kShared.size())) return;
      break;
    case '_':
      if (TakePrefixedToken()) return;
      break;
    case '\'':
      NoteQuote(position_);
      break;
    case '\n':
      in_double_quotes_ = in_single_quotes_ = false;
      break;
    default:
      break;
  }
  if (EndsToken(c)) in_storage_url_ = false;
  ++position_;
}

void Scanner::NoteQuote(std::size_t index) {
  const char c = text_.CharAt(index);
  if (c == '"') in_double_quotes_ = !in_double_quotes_;
  if (c != '\'') return;
  const bool apostrophe = index > 0 && IsNameCharacter(text_.CharAt(index - 1)) &&
                          IsNameCharacter(text_.CharAt(index + 1));
  if (!apostrophe) in_single_quotes_ = !in_single_quotes_;
}

// Notes a secret and goes on behind it.
void Scanner::Redact(std::size_t begin, std::size_t end) {
  const Span span{text_.At(begin).start, text_.At(end).start};
  if (!found_.empty() && found_.back().end == span.begin) {
    found_.back().end = span.end;
  } else {
    found_.push_back(span);
  }
  position_ = floor_ = end;
}

// The characters from begin up to end, or the last of them that a name may have.
std::string_view Scanner::Text(std::size_t begin, std::size_t end) const {
  if (end - begin > kMaxNameCharacters) begin = end - kMaxNameCharacters;
  return text_.Characters(begin, end);
}

ShortText Scanner::LowerText(std::size_t begin, std::size_t end) const {
  return LowerCased(Text(begin, end));
}

template <typename Predicate>
std::size_t Scanner::BeginOfRun(std::size_t end, Predicate belongs) const {
  return text_.BeginOfRun(floor_, end, belongs);
}

// Whether a name that ends there may be a secret's, by its last two characters: most are not.
bool Scanner::MayBeSecret(std::size_t name_end) const {
  return name_end < 2 || MayEndSecretName(text_.CharAt(name_end - 2), text_.CharAt(name_end - 1));
}

Scanner::Name Scanner::NameBefore(std::size_t separator) const {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  Name name;
  const std::size_t spaces = BeginOfRun(separator, IsSpace);
  name.quoted = spaces > floor_ && IsQuote(text_.CharAt(spaces - 1));
  // Behind a quote, as in JSON, a line may end before the separator.
  if (!name.quoted && BeginOfRun(separator, is_blank) != spaces) return {};
  name.end = name.quoted ? spaces - 1 : spaces;
  if (!MayBeSecret(name.end)) return {};
  name.begin = name.first_word = BeginOfRun(name.end, IsNameCharacter);
  if (name.begin == name.end) return {};
  if (name.begin > floor_ && is_blank(text_.CharAt(name.begin - 1))) {
    const std::size_t first = BeginOfRun(name.begin - 1, IsNameCharacter);
    if (first < name.begin - 1) name.first_word = first;
  }
  return name;
}

// A word from its first letter on.
bool Scanner::TakeScheme(std::size_t begin) {
  if (begin < floor_) return false;
  if (!BeginsScheme(text_.CharAt(begin), text_.CharAt(begin + 1))) return false;
  if (begin > floor_ && IsNameCharacter(text_.CharAt(begin - 1))) return false;
  return TakeSchemeCredentials(begin, WordEnd(text_, begin));
}

// The name around a letter that begins with "eyJ" what may be a JSON Web Token.
bool Scanner::TakeTokenPart() {
  if (position_ < no_token_before_ || position_ < floor_ + 2) return false;
  if (text_.CharAt(position_ - 1) != 'y' || text_.CharAt(position_ - 2) != 'e') return false;
  const std::size_t end = text_.EndOfRun(position_, IsNameCharacter);
  no_token_before_ = end;
  return TakeJsonWebToken(BeginOfRun(position_, IsNameCharacter), end);
}

// "eyJ..." (the base64 of `{"`) and at least one further part. In each part only the first "eyJ"
// counts: a later one could only be shorter.
bool Scanner::TakeJsonWebToken(std::size_t begin, std::size_t end) {
  const std::string_view name = text_.Characters(begin, end);
  std::size_t candidate = name.size();
  bool after_separator = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '.') {
      const bool header = candidate < i && i - candidate >= kLeastTokenHeader;
      const std::string_view body = name.substr(i + 1, kLeastTokenBody);
      if (header && body.size() == kLeastTokenBody && body.find('.') == std::string_view::npos) {
        while (text_.CharAt(end - 1) == '.') --end;
        Redact(begin + candidate, end);
        return true;
      }
      candidate = name.size();
    } else if (candidate == name.size() && after_separator && name.substr(i, 3) == "eyJ") {
      candidate = i;
    }
    after_separator = c == '.' || c == '-' || c == '_';
  }
  return false;
}

// "Bearer", "Basic" or "SharedKey" and what follows, where that can be credentials.
bool Scanner::TakeSchemeCredentials(std::size_t begin, std::size_t end) {
  const std::string_view name = text_.Characters(begin, end);
  const auto scheme = std::ranges::find_if(kCredentialSchemes, [name](std::string_view known) {
    return known.size() == name.size() && std::ranges::equal(known, name, {}, {}, LowerCase);
  });
  if (scheme == kCredentialSchemes.end()) return false;
  const bool bearer = *scheme == "bearer";
  const Unit gap = text_.At(end);
  if (gap.c != ' ' && gap.c != '\t' && gap.c != '+') return false;
  const std::size_t value = SkipBlanks(text_, end + 1);
  const std::size_t word_end = WordEnd(text_, value);
  if (bearer) {
    const ShortText short_word = LowerText(value, word_end);
    std::string_view word = short_word.view();
    while (word.ends_with('.')) word.remove_suffix(1);
    const char next = text_.CharAt(word_end);
    const bool goes_on = next == '+' || next == '/' || next == '~';
    if (!goes_on && IsWordAfterBearer(word)) return false;
  }
  const std::size_t value_end = TokenEnd(text_, value, {.level = gap.level, .in_query = true});
  // Prose says more with the names of these two than with the others.
  const bool windows = *scheme == "ntlm" || *scheme == "negotiate";
  const bool like_key = windows ? BeginsLikeKey(value) : LooksLikeKey(value, value_end);
  if (value_end == value || (!bearer && !like_key)) return false;
  Redact(value, value_end);
  return true;
}

bool Scanner::TakeSeparator() {
  const Unit unit = text_.At(position_);
  const Name name = NameBefore(position_);
  // As before most colons, those of JSON above all.
  const bool may_begin_authority = unit.c == ':' && text_.CharAt(position_ + 1) == '/';
  if (name.begin == name.end && unit.c == ':') return may_begin_authority && TakeAuthority();
  const Key key = KeyOf(name, unit);
  const bool by_name_first = key.kind != NameKind::kWeak && key.kind != NameKind::kQuery &&
                             key.kind != NameKind::kQueryCode && key.kind != NameKind::kLikeKey &&
                             key.kind != NameKind::kPlain;
  if (unit.c == '=' && TakeBase64Key()) return true;
  if (by_name_first && TakeValue(key, position_ + 1)) return true;
  if (may_begin_authority && TakeAuthority()) return true;
  if (unit.c == '=') {
    const std::size_t begin = BeginOfRun(position_, IsNameCharacter);
    if (position_ >= query_end_ && TakeQuery(begin, unit)) return true;
  }
  return !by_name_first && TakeValue(key, position_ + 1);
}

// 86 characters of base64 and "==", whatever stands before them.
bool Scanner::TakeBase64Key() {
  if (text_.CharAt(position_ + 1) != '=' || text_.CharAt(position_ + 2) == '=') return false;
  if (position_ - BeginOfRun(position_, IsBase64Character) < kKeyCharacters) return false;
  Redact(position_ - kKeyCharacters, position_ + 2);
  return true;
}

// A key that the text's end cuts off, known by how often its characters change their class.
void Scanner::TakeCutKey() {
  const std::size_t begin = BeginOfRun(position_, IsBase64Character);
  if (position_ - begin < kCutKeyCharacters) return;
  std::size_t changes = 0;
  std::size_t count[4] = {0, 0, 0, 0};
  int previous = -1;
  for (std::size_t i = position_ - kCutKeyCharacters; i < position_; ++i) {
    const int current = CharacterClass(text_.CharAt(i));
    ++count[current];
    changes += current != previous ? 1 : 0;
    previous = current;
  }
  if (changes < kCutKeyChanges || count[0] == 0 || count[1] == 0 || count[2] == 0) return;
  Redact(begin, position_);
}

// As in jdbc:sqlserver://host;user=u;password=p, where an '@' belongs to the password.
bool Scanner::BeginsSecretParameter(std::size_t begin) const {
  const std::size_t end = WordEnd(text_, begin);
  return text_.CharAt(end) == '=' && KindOfName(Text(begin, end)) != NameKind::kPlain;
}

// Whether "user:password" stands there, the '@' after it being cut off: a host is followed by
// digits.
bool Scanner::IsCutUserInfo(std::size_t begin, std::size_t end) const {
  std::size_t i = begin;
  if (text_.CharAt(i) == '[') {
    while (i < end && text_.CharAt(i) != ']') ++i;
  }
  while (i < end && text_.CharAt(i) != ':') ++i;
  if (i >= end) return false;
  const std::size_t port = ++i;
  while (i < end && i - port < kLongestPort && IsDigit(text_.CharAt(i))) ++i;
  if (i == end) return false;
  const char next = text_.CharAt(i);
  const bool ends_port = EndsToken(next) || next == '.' || next == ':' || next == '&';
  return i == port || !ends_port;
}

// At a ':' before a '/': "://" and what stands before an '@' in the authority, or stood there
// before the text was cut.
bool Scanner::TakeAuthority() {
  const Unit slash = text_.At(position_ + 1);
  const Unit second = text_.At(position_ + 2);
  if (second.c != '/') return false;
  const std::uint32_t level = std::max(slash.level, second.level);
  const std::size_t begin = position_ + 3;
  std::size_t host = begin;
  std::size_t end = begin;
  // Whether what was read can be the beginning of an authority whose rest is missing.
  bool cut = true;
  while (true) {
    end = text_.EndOfRun(end, [](char c) { return !HasTrait(c, kAuthorityMark); });
    if (end >= text_.size()) break;
    const Unit unit = text_.At(end);
    // Somebody has hidden the password and left the name.
    const bool hidden = unit.c == '[' && end > begin && IsRedactedAt(text_, end);
    const bool parameters = unit.c == ';' && BeginsSecretParameter(end + 1);
    if (hidden || parameters || (unit.level <= level && EndsAuthority(unit.c))) {
      cut = !hidden && !parameters && unit.c != '/' && unit.c != '?' && unit.c != '#';
      break;
    }
    ++end;
    if (unit.level <= level && unit.c == '@') host = end;
  }
  position_ = floor_ = begin;
  if (host > begin + 1) {
    Redact(begin, host - 1);
  } else if (cut && host == begin && IsCutUserInfo(begin, end)) {
    Redact(begin, end);
  }
  in_storage_url_ = IsStorageHost(Text(host, end));
  return true;
}

// A query, or a chain of parameters without a '?': hidden as a whole where it carries a shared
// access signature, or belongs to Azure Storage. One that another '?' begins inside is looked at
// when that is reached.
bool Scanner::TakeQuery(std::size_t begin, const Unit& opener) {
  const bool after_question_mark = opener.c == '?';
  const bool in_storage = after_question_mark && in_storage_url_;
  const std::uint32_t level = opener.level;
  std::size_t name = begin;
  bool has_signature = false;
  bool has_parameter = false;
  std::size_t i = begin;
  for (;; ++i) {
    i = text_.EndOfRun(i, [](char c) { return !HasTrait(c, kQueryMark); });
    if (i >= text_.size()) break;
    const Unit unit = text_.At(i);
    if (unit.c == '[' && IsRedactedAt(text_, i)) {
      i += kRedacted.size();
      // What was hidden may have held a '?'; so the query is looked at afresh behind it.
      if (i - kRedacted.size() != begin && !in_storage) break;
      --i;
      continue;
    }
    if (unit.c == '?' || (unit.c == '&' && unit.level < level)) break;
    if (unit.level <= level && (EndsToken(unit.c) || unit.c == '#')) break;
    if (unit.c != '&' && unit.c != '=') continue;
    if (unit.c == '=' && !in_storage && i - name <= kLongestSasParameter) {
      const ShortText parameter = LowerText(name, i);
      const bool signature = parameter.view() == "sig";
      const bool known = signature || IsSasParameter(parameter.view());
      if (known && !after_question_mark && !has_signature && !has_parameter) begin = name;
      has_signature = has_signature || signature;
      has_parameter = has_parameter || (known && !signature);
    }
    name = i + 1;
  }
  query_end_ = i;
  while (i > begin && text_.CharAt(i - 1) == '.') --i;
  const bool whole = in_storage || (has_signature && has_parameter);
  if (!whole || i <= begin) return false;
  Redact(begin, i);
  return true;
}

}  // namespace scoregate::redact
