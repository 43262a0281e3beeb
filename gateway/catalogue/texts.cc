// The locales that ship, the proofs at compile time that each is whole, and the look-ups.
#include "gateway/catalogue/texts.h"

#include <algorithm>
#include <utility>

#include "gateway/catalogue/table.h"

namespace scoregate::catalogue {
namespace {

struct Text {
  std::string_view error_class;
  std::string_view code;
  std::string_view meaning;
  std::string_view without_parameters;  // Empty where `meaning` has none.
  std::string_view remedy;
};

struct LocaleTexts {
  std::string_view name;
  std::array<Text, kRowCount> rows;
};

// A further locale is a data file and a line here.
constexpr std::array kLocales = {
#include "gateway/catalogue/locales/en-US.inc"
#include "gateway/catalogue/locales/ko-KR.inc"
};

constexpr std::array<std::string_view, 2> kPlaceholders = {"{0}", "{1}"};

// Each of the first `count` placeholders once, and no other brace.
constexpr bool HoldsPlaceholders(std::string_view text, int count) {
  std::array<int, kPlaceholders.size()> seen = {};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '}') return false;
    if (text[i] != '{') continue;
    const auto placeholder = std::ranges::find(kPlaceholders, text.substr(i, 3));
    if (placeholder == kPlaceholders.end()) return false;
    ++seen[static_cast<std::size_t>(placeholder - kPlaceholders.begin())];
    i += placeholder->size() - 1;
  }
  return seen[0] == (count > 0 ? 1 : 0) && seen[1] == (count > 1 ? 1 : 0);
}

constexpr bool IsWhole(const Text& text, const RowKey& key) {
  if (text.error_class != key.error_class || text.code != key.code) return false;
  if (text.meaning.empty() || text.remedy.empty()) return false;
  if (text.without_parameters.empty() != (key.parameters == 0)) return false;
  return HoldsPlaceholders(text.meaning, key.parameters) &&
         HoldsPlaceholders(text.without_parameters, 0) && HoldsPlaceholders(text.remedy, 0);
}

// Every row of the catalogue, in its order, so that OrderOf is the index.
constexpr bool IsWholeLocale(const LocaleTexts& locale) {
  return std::ranges::equal(locale.rows, kRowKeys, IsWhole);
}

// Status.message carries the default's text: printable ASCII, short enough for its 512 bytes.
constexpr bool FitsStatusMessage(const Text& text) {
  constexpr std::size_t kMaxMeaningBytes = 200;
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  return text.meaning.size() <= kMaxMeaningBytes && std::ranges::all_of(text.meaning, printable) &&
         std::ranges::all_of(text.without_parameters, printable) &&
         std::ranges::all_of(text.remedy, printable);
}

// One constant a locale, as compilers bound the steps of each.
template <std::size_t index>
constexpr bool kIsWhole = IsWholeLocale(kLocales[index]);

template <std::size_t... indices>
constexpr bool AreWhole(std::index_sequence<indices...>) {
  return (kIsWhole<indices> && ...);
}

static_assert(AreWhole(std::make_index_sequence<kLocales.size()>()));
static_assert(kLocales.front().name == kDefaultLocale);
static_assert(std::ranges::all_of(kLocales.front().rows, FitsStatusMessage));

constexpr std::array<std::string_view, kLocales.size()> AllNames() {
  std::array<std::string_view, kLocales.size()> names;
  std::ranges::transform(kLocales, names.begin(), &LocaleTexts::name);
  return names;
}

constexpr std::array kNames = AllNames();

// Null where the class is unknown.
const Text* FindText(std::string_view locale, std::string_view error_class, std::string_view code) {
  std::size_t row = OrderOf(error_class, code);
  if (row == kRowCount) row = OrderOf(error_class, "");
  if (row == kRowCount) return nullptr;
  const auto texts = std::ranges::find(kLocales, locale, &LocaleTexts::name);
  return texts == kLocales.end() ? &kLocales.front().rows[row] : &texts->rows[row];
}

}  // namespace

std::span<const std::string_view> Locales() {
  return kNames;
}

std::string_view Meaning(std::string_view locale, std::string_view error_class,
                         std::string_view code) {
  const Text* text = FindText(locale, error_class, code);
  return text == nullptr ? std::string_view() : text->meaning;
}

std::string_view MeaningWithoutParameters(std::string_view locale, std::string_view error_class,
                                          std::string_view code) {
  const Text* text = FindText(locale, error_class, code);
  if (text == nullptr) return {};
  return text->without_parameters.empty() ? text->meaning : text->without_parameters;
}

std::string_view Remedy(std::string_view locale, std::string_view error_class,
                        std::string_view code) {
  const Text* text = FindText(locale, error_class, code);
  return text == nullptr ? std::string_view() : text->remedy;
}

std::string FillIn(std::string_view text, const std::array<std::string_view, 2>& values) {
  std::string filled;
  filled.reserve(text.size() + values[0].size() + values[1].size());
  while (!text.empty()) {
    const auto brace = std::min(text.find('{'), text.size());
    filled.append(text.substr(0, brace));
    text.remove_prefix(brace);
    const auto placeholder = std::ranges::find_if(
        kPlaceholders, [text](std::string_view candidate) { return text.starts_with(candidate); });
    if (placeholder != kPlaceholders.end()) {
      filled.append(values[static_cast<std::size_t>(placeholder - kPlaceholders.begin())]);
      text.remove_prefix(placeholder->size());
    } else if (!text.empty()) {
      filled.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return filled;
}

}  // namespace scoregate::catalogue
