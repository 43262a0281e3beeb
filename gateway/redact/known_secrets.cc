// A secret is found by a part that every writer leaves alone, and compared from there to both
// sides, one character and its spellings after the other.
#include "gateway/redact/known_secrets.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/redact/ascii.h"
#include "gateway/redact/redact.h"

namespace scoregate::redact {
namespace {

// The anchor is looked for in the least of a secret that is hidden where it is cut off, and, if all
// of that is special, in so much of it.
constexpr std::size_t kSecondAnchorWithin = 64;
// The longest spelling of a character, of which no more backslashes are read: JSON in JSON in JSON.
constexpr std::size_t kMostBackslashes = 15;
constexpr std::size_t kLongestSpelling = kMostBackslashes + 5;

// How often a character of a secret is compared for each character of a text, and in any text,
// before that is given up. What quotes secrets, however often, costs less than two.
constexpr std::size_t kMostStepsPerCharacter = 8;
constexpr std::size_t kLeastStepsAllowed = 4096;

struct Found {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What no writer escapes.
constexpr bool IsUnreserved(char c) {
  return IsLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
}

// How many of `most` digits at the most stand for the character; 0 where they do not.
std::size_t NumberOf(std::string_view text, int base, std::size_t most, char c) {
  int number = 0;
  std::size_t i = 0;
  for (; i < std::min(text.size(), most); ++i) {
    const int digit = HexValue(text[i]);
    if (digit < 0 || digit >= base) break;
    number = number * base + digit;
  }
  return i > 0 && number == static_cast<unsigned char>(c) ? i : 0;
}

// As NumberOf, of a number that has just so many digits.
std::size_t HexNumberOf(std::string_view text, std::size_t digits, char c) {
  return NumberOf(text, 16, digits, c) == digits ? digits : 0;
}

// The bytes of "%2B", or of "%252B", which is that in a URL in a URL.
std::size_t PercentSpelling(std::string_view text, char c) {
  const std::size_t prefix = text.starts_with("%25") && c != '%' ? 3 : 1;
  const std::size_t digits = HexNumberOf(text.substr(prefix), 2, c);
  return digits == 0 ? 0 : prefix + digits;
}

std::size_t EntitySpelling(std::string_view text, char c) {
  static constexpr auto kNames = std::to_array<std::pair<std::string_view, char>>(
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}});
  for (const auto& [name, meaning] : kNames) {
    if (meaning == c && text.starts_with(name)) return name.size();
  }
  if (!text.starts_with("&#")) return 0;
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t prefix = hex ? 3 : 2;
  const std::size_t digits = NumberOf(text.substr(prefix), hex ? 16 : 10, 4, c);
  const std::size_t end = prefix + digits;
  return digits > 0 && end < text.size() && text[end] == ';' ? end + 1 : 0;
}

// How many bytes at the beginning of the text stand for the character; 0 where they stand for
// another.
std::size_t Spelling(std::string_view text, char c) {
  if (text.empty()) return 0;
  if (IsUnreserved(c)) return text.front() == c ? 1 : 0;
  if (text.front() == '%') {
    if (const std::size_t bytes = PercentSpelling(text, c); bytes > 0) return bytes;
  }
  if (text.front() == '&') {
    if (const std::size_t bytes = EntitySpelling(text, c); bytes > 0) return bytes;
  }
  const std::size_t backslashes = std::min(text.substr(0, kMostBackslashes).find_first_not_of('\\'),
                                           std::min(text.size(), kMostBackslashes));
  const std::string_view rest = text.substr(backslashes);
  if (backslashes > 0 && !rest.empty() && (rest.front() == 'u' || rest.front() == 'x')) {
    const std::size_t digits = HexNumberOf(rest.substr(1), rest.front() == 'u' ? 4 : 2, c);
    if (digits > 0) return backslashes + 1 + digits;
  }
  if (c == '\\') return backslashes;
  return !rest.empty() && rest.front() == c ? backslashes + 1 : 0;
}

// How many bytes at the end of the text stand for the character.
std::size_t SpellingAtEnd(std::string_view text, char c, bool after_backslash, std::size_t& steps) {
  for (std::size_t bytes = 1; bytes <= std::min(text.size(), kLongestSpelling); ++bytes) {
    ++steps;
    if (Spelling(text.substr(text.size() - bytes), c) != bytes) continue;
    while (!after_backslash && !IsUnreserved(c) && bytes < text.size() &&
           text[text.size() - bytes - 1] == '\\') {
      ++steps;
      ++bytes;
    }
    return bytes;
  }
  return 0;
}

// Whether the text ends here, or in the middle of an escape.
bool IsCut(std::string_view text) {
  constexpr std::size_t kShortEscape = 6;
  constexpr std::string_view kEscapes = "\\%&";
  return text.empty() || (text.size() < kShortEscape && kEscapes.find(text[0]) != kEscapes.npos);
}

// Whether what shortened the text may have done so at `at`: an ellipsis stands there, or the quote
// that ends the string of an inner text. Full stops may have been taken for the secret's own.
bool IsCutBefore(std::string_view text, std::size_t at) {
  constexpr std::string_view kFullStops = "...";
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  const std::string_view rest = text.substr(at);
  for (std::size_t own = 0; own < kFullStops.size() && own <= at; ++own) {
    if (text.substr(at - own).starts_with(kFullStops)) return true;
  }
  if (rest.starts_with(kEllipsis)) return true;
  const std::size_t backslashes =
      std::min(rest.substr(0, kMostBackslashes).find_first_not_of('\\'), rest.size());
  const std::string_view behind = rest.substr(std::min(backslashes, kMostBackslashes));
  return behind.starts_with('"') || (backslashes > 0 && behind.starts_with("u2026"));
}

// Where the secret's rest ends that begins at `at`, or the text does before it, or was cut; npos
// where something else stands there. Backslashes in a row are as one: nobody knows how often they
// were doubled.
std::size_t EndOf(std::string_view text, std::size_t at, std::string_view rest,
                  std::size_t& steps) {
  char before = '\0';
  for (char c : rest) {
    ++steps;
    const bool again = c == '\\' && before == '\\';
    before = c;
    if (again) continue;
    const std::size_t bytes = Spelling(text.substr(at), c);
    if (bytes == 0) {
      if (IsCut(text.substr(at))) return text.size();
      return IsCutBefore(text, at) ? at : text.npos;
    }
    at += bytes;
  }
  for (int padding = 0; padding < 2; ++padding) at += Spelling(text.substr(at), '=');
  return at;
}

// Where the secret's beginning begins that ends at `at`; npos where something else stands there.
std::size_t BeginOf(std::string_view text, std::size_t at, std::string_view beginning,
                    std::size_t& steps) {
  for (std::size_t i = beginning.size(); i-- > 0;) {
    const bool after_backslash = i > 0 && beginning[i - 1] == '\\';
    if (beginning[i] == '\\' && after_backslash) continue;
    const std::size_t bytes = SpellingAtEnd(text.substr(0, at), beginning[i],
                                            after_backslash && beginning[i] != '\\', steps);
    if (bytes == 0) return text.npos;
    at -= bytes;
  }
  return at;
}

// The longest part of what no writer escapes, the first of several.
std::string_view LongestPlainRun(std::string_view text) {
  std::size_t run = 0;
  std::string_view longest;
  for (std::size_t i = 0; i < text.size(); ++i) {
    run = IsUnreserved(text[i]) ? run + 1 : 0;
    if (run > longest.size()) longest = text.substr(i + 1 - run, run);
  }
  return longest;
}

std::string Replaced(std::string_view text, std::vector<Found>& found) {
  std::ranges::sort(found, {}, &Found::begin);
  std::string result;
  std::size_t copied = 0;
  for (const Found& secret : found) {
    // One may hold another.
    if (secret.begin >= copied) {
      result.append(text.substr(copied, secret.begin - copied)).append(kRedacted);
    }
    copied = std::max(copied, secret.end);
  }
  return result.append(text.substr(copied));
}

}  // namespace

void KnownSecrets::Add(std::string_view secret) {
  while (secret.ends_with('=')) secret.remove_suffix(1);
  if (secret.size() < kLeastKnownSecret) return;
  if (std::ranges::find(secrets_, secret, &Secret::text) != secrets_.end()) return;
  std::string_view anchor = LongestPlainRun(secret.substr(0, kLeastKnownSecret));
  if (anchor.empty()) anchor = LongestPlainRun(secret.substr(0, kSecondAnchorWithin));
  // All of it is special; then its beginning is known as it is only.
  if (anchor.empty()) anchor = secret;
  anchor = anchor.substr(0, kLeastKnownSecret);
  secrets_.push_back(
      {secret, static_cast<std::size_t>(anchor.data() - secret.data()), anchor.size()});
  shortest_ = std::min(shortest_, secret.size());
}

CountedHiding KnownSecrets::HideCounted(std::string_view text) const {
  const std::size_t most = std::max(kMostStepsPerCharacter * text.size(), kLeastStepsAllowed);
  std::size_t steps = 0;
  std::vector<Found> found;
  for (const Secret& secret : secrets_) {
    if (text.size() < kLeastKnownSecret) break;
    const std::string_view anchor = secret.text.substr(secret.anchor, secret.anchor_size);
    const std::string_view beginning = secret.text.substr(0, secret.anchor);
    const std::string_view rest = secret.text.substr(secret.anchor + anchor.size());
    std::size_t at = text.find(anchor);
    while (at != text.npos) {
      if (++steps > most) return {std::string(kRedacted), steps};
      std::size_t next = at + 1;
      const std::size_t end = EndOf(text, at + anchor.size(), rest, steps);
      const std::size_t begin = end == text.npos ? end : BeginOf(text, at, beginning, steps);
      // Of a secret that is cut off, so little stands in ordinary words.
      if (begin != text.npos && end - begin >= kLeastKnownSecret) {
        found.push_back({begin, end});
        next = end;
      }
      at = text.find(anchor, next);
    }
  }
  if (found.empty()) return {std::nullopt, steps};
  return {Replaced(text, found), steps};
}

std::string_view CredentialsIn(std::string_view header_value) {
  const std::size_t gap = header_value.find(' ');
  if (gap == header_value.npos) return header_value;
  const std::string_view scheme = header_value.substr(0, gap);
  const std::string_view rest = header_value.substr(gap + 1);
  const bool is_scheme = std::ranges::all_of(scheme, IsUnreserved);
  return is_scheme && rest.find(' ') == rest.npos ? rest : header_value;
}

}  // namespace scoregate::redact
