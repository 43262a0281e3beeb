#include "gateway/translation/texts/sentences.h"

#include <cstddef>

#include "gateway/catalogue/texts.h"

namespace scoregate::translation {
namespace {

constexpr std::size_t kSentenceCount = static_cast<std::size_t>(Sentence::kCount);

struct SentenceRow {
  Sentence sentence;
  std::string_view text;
};
using Texts = std::array<SentenceRow, kSentenceCount>;

// A row too many or out of order stops the build, as does a missing one at the end.
constexpr bool InOrder(const Texts& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (static_cast<std::size_t>(texts[i].sentence) != i) return false;
    if (i != 0 && texts[i].text.empty()) return false;
  }
  return true;
}

#define SENTENCE(name, text) {Sentence::name, text},
constexpr Texts kEnglish = {{
#include "gateway/translation/texts/en-US.inc"
}};
constexpr Texts kKorean = {{
#include "gateway/translation/texts/ko-KR.inc"
}};
#undef SENTENCE
static_assert(InOrder(kEnglish) && InOrder(kKorean));

// A further locale is a data file and a line here.
struct Locale {
  std::string_view name;
  const Texts* texts;
};
constexpr std::array kLocales = {Locale{"en-US", &kEnglish}, Locale{"ko-KR", &kKorean}};

}  // namespace

std::string Say(Sentence sentence, std::string_view locale, const SentenceValues& values) {
  const Texts* texts = &kEnglish;
  for (const Locale& candidate : kLocales) {
    if (candidate.name == locale) texts = candidate.texts;
  }
  std::size_t index = static_cast<std::size_t>(sentence);
  if (index >= texts->size()) return "";
  return catalogue::FillIn((*texts)[index].text, values);
}

}  // namespace scoregate::translation
