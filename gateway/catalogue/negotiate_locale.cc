// Reads Accept-Language (RFC 9110, 12.5.4; language ranges of RFC 4647, 2.1) and picks a locale.
#include <algorithm>
#include <cstddef>
#include <optional>

#include "gateway/catalogue/texts.h"

namespace scoregate::catalogue {
namespace {

// Thousandths: the weight has at most three decimals.
constexpr int kFullWeight = 1000;

// How closely a range names a locale. The closest one decides the locale's weight, so that
// "*, ko;q=0" excludes Korean.
enum class Closeness { kNone, kAny, kSameLanguage, kPrefix, kExact };

struct LanguageRange {
  std::string_view tag;
  int weight = kFullWeight;
};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsAlpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool EqualNoCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

std::string_view Trim(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// What stands before the separator; `text` keeps what stands behind it.
std::string_view TakeUntil(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// "*", or subtags of one to eight letters, after the first one also digits.
bool IsLanguageRange(std::string_view tag) {
  constexpr std::size_t kMaxSubtagBytes = 8;
  if (tag == "*") return true;
  if (tag.empty() || tag.ends_with('-')) return false;
  for (bool first = true; !tag.empty(); first = false) {
    const std::string_view subtag = TakeUntil(tag, '-');
    if (subtag.empty() || subtag.size() > kMaxSubtagBytes) return false;
    const auto allowed = [first](char c) { return IsAlpha(c) || (!first && IsDigit(c)); };
    if (!std::ranges::all_of(subtag, allowed)) return false;
  }
  return true;
}

// "0", "1", "0.5", "0.125", "1.000".
std::optional<int> ParseWeight(std::string_view text) {
  constexpr std::size_t kMaxWeightBytes = 5;
  if (text.empty() || text.size() > kMaxWeightBytes) return std::nullopt;
  if (text[0] != '0' && text[0] != '1') return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int weight = text[0] == '1' ? kFullWeight : 0;
  int unit = kFullWeight / 10;
  for (const char digit : text.substr(std::min<std::size_t>(text.size(), 2))) {
    if (!IsDigit(digit)) return std::nullopt;
    weight += (digit - '0') * unit;
    unit /= 10;
  }
  return weight <= kFullWeight ? std::optional(weight) : std::nullopt;
}

std::optional<LanguageRange> ParseElement(std::string_view element) {
  const bool weighted = element.find(';') != element.npos;
  LanguageRange range{.tag = Trim(TakeUntil(element, ';'))};
  if (!IsLanguageRange(range.tag)) return std::nullopt;
  if (!weighted) return range;
  const std::string_view parameter = Trim(element);
  if (parameter.size() < 2 || Lower(parameter[0]) != 'q' || parameter[1] != '=') {
    return std::nullopt;
  }
  const auto weight = ParseWeight(parameter.substr(2));
  if (!weight) return std::nullopt;
  range.weight = *weight;
  return range;
}

Closeness ClosenessOf(std::string_view range, std::string_view locale) {
  if (range == "*") return Closeness::kAny;
  if (EqualNoCase(range, locale)) return Closeness::kExact;
  if (locale.size() > range.size() && locale[range.size()] == '-' &&
      EqualNoCase(range, locale.substr(0, range.size()))) {
    return Closeness::kPrefix;
  }
  const bool same = EqualNoCase(TakeUntil(range, '-'), TakeUntil(locale, '-'));
  return same ? Closeness::kSameLanguage : Closeness::kNone;
}

// What the whole value says about one locale.
struct Standing {
  Closeness closeness = Closeness::kNone;
  int weight = 0;
  std::size_t position = 0;  // Of the deciding range among all.

  bool Beats(const Standing& other) const {
    return weight > other.weight || (weight == other.weight && position < other.position);
  }
};

Standing Weigh(std::string_view accept_language, std::string_view locale) {
  Standing standing;
  for (std::size_t position = 0; !accept_language.empty(); ++position) {
    const auto range = ParseElement(TakeUntil(accept_language, ','));
    if (!range) continue;
    const Closeness closeness = ClosenessOf(range->tag, locale);
    // "en-GB;q=0" is a word against British English only.
    if (closeness == Closeness::kSameLanguage && range->weight == 0) continue;
    if (closeness == Closeness::kNone || closeness < standing.closeness) continue;
    if (closeness == standing.closeness && range->weight <= standing.weight) continue;
    standing = {closeness, range->weight, position};
  }
  return standing;
}

// So much of the value as is read.
std::string_view Bounded(std::string_view accept_language) {
  if (accept_language.size() <= kMaxAcceptLanguageBytes) return accept_language;
  const std::size_t comma = accept_language.rfind(',', kMaxAcceptLanguageBytes);
  return comma == accept_language.npos ? "*" : accept_language.substr(0, comma);
}

}  // namespace

std::string_view FindLocale(std::string_view accept_language) {
  accept_language = Bounded(accept_language);
  std::string_view best;
  Standing best_standing;
  for (const std::string_view locale : Locales()) {
    const Standing standing = Weigh(accept_language, locale);
    if (standing.weight == 0 || !standing.Beats(best_standing)) continue;
    best = locale;
    best_standing = standing;
  }
  return best;
}

std::string_view NegotiateLocale(std::string_view accept_language) {
  accept_language = Bounded(accept_language);
  if (accept_language.find_first_not_of(" \t,") == accept_language.npos) return {};
  const std::string_view found = FindLocale(accept_language);
  return found.empty() ? kDefaultLocale : found;
}

}  // namespace scoregate::catalogue
