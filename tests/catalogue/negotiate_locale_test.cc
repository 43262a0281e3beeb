// Which locale serves an Accept-Language value.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "gateway/catalogue/texts.h"

namespace scoregate::catalogue {
namespace {

struct NegotiateCase {
  const char* name;
  std::string accept_language;
  std::string_view expected;
};

std::vector<NegotiateCase> Cases() {
  return {
      {"nothing was asked", "", ""},
      {"blanks ask nothing", " \t ", ""},
      {"empty elements ask nothing", ", ,", ""},
      {"the default's name", "en-US", "en-US"},
      {"the other's name", "ko-KR", "ko-KR"},
      {"a language alone", "ko", "ko-KR"},
      {"another country of the language", "ko-KP", "ko-KR"},
      {"a script within the tag", "ko-Kore-KR", "ko-KR"},
      {"letters' case does not count", "KO-kr", "ko-KR"},
      {"a language that only begins alike", "kok", "en-US"},
      {"a prefix of a language", "k", "en-US"},
      {"a language that does not ship", "fr-FR", "en-US"},
      {"a foreign language first, then one that ships", "fr-FR, fr;q=0.9, ko;q=0.1", "ko-KR"},
      {"any language", "*", "en-US"},
      {"the heavier one, though second", "en;q=0.5, ko;q=0.8", "ko-KR"},
      {"the heavier one, though first", "en;q=0.8, ko;q=0.5", "en-US"},
      {"a thousandth decides", "en;q=0.123,ko;q=0.124", "ko-KR"},
      {"equal weights, Korean first", "ko, en", "ko-KR"},
      {"equal weights, English first", "en, ko", "en-US"},
      {"no weight is the full weight", "en;q=0.999, ko", "ko-KR"},
      {"1.000 is the full weight", "ko;q=1.000, en", "ko-KR"},
      {"a weight may end in its point", "en;q=0., ko;q=0.1", "ko-KR"},
      {"white space around everything", "\ten ;\tq=0.1 ,  ko ; Q=0.2 ", "ko-KR"},
      {"Korean excluded, anything else", "ko;q=0, *", "en-US"},
      {"English excluded, anything else", "*, en;q=0", "ko-KR"},
      {"English excluded, Korean asked", "en;q=0, ko;q=0.001", "ko-KR"},
      {"Korean excluded by 0.000", "ko;q=0.000, *;q=0.1", "en-US"},
      {"all excluded: somebody has to be answered", "*;q=0", "en-US"},
      {"the one that ships is excluded", "ko-KR;q=0", "en-US"},
      {"a narrower range outweighs a wider one", "ko;q=0, ko-KR, en;q=0.5", "ko-KR"},
      {"and the other way round", "ko, ko-KR;q=0, en;q=0.1", "en-US"},
      {"a wildcard is the widest", "*;q=0.9, ko;q=0.1", "en-US"},
      {"British English excluded says nothing of American", "en-GB;q=0, *", "en-US"},
      {"the best of a language's other countries", "en-GB;q=0.2, en-AU;q=0.9, ko;q=0.5", "en-US"},
      {"a language twice", "ko;q=0.1, ko;q=0.9, en;q=0.5", "ko-KR"},
      {"a weight over 1 spoils its element", "ko;q=1.001, en;q=0.1", "en-US"},
      {"a weight of 2", "ko;q=2", "en-US"},
      {"a negative weight", "ko;q=-1", "en-US"},
      {"four decimals", "ko;q=0.9999", "en-US"},
      {"a weight that is a word", "ko;q=high", "en-US"},
      {"a weight without a number", "ko;q=", "en-US"},
      {"a weight without a point", "ko;q=05", "en-US"},
      {"a parameter that is no weight", "ko;level=1", "en-US"},
      {"an empty parameter", "ko;", "en-US"},
      {"two parameters", "ko;q=0.5;q=1", "en-US"},
      {"blanks around the equals sign", "ko;q = 1", "en-US"},
      {"a range that ends in a hyphen", "ko-", "en-US"},
      {"a range that begins with a hyphen", "-ko", "en-US"},
      {"an empty subtag", "ko--KR", "en-US"},
      {"an underscore is no hyphen", "ko_KR", "en-US"},
      {"a subtag of nine letters", "ko-abcdefghi", "en-US"},
      {"digits as a language", "123", "en-US"},
      {"a wildcard within a tag", "ko-*", "en-US"},
      {"bytes that are no letters", "\xEA\xB0\x80", "en-US"},
      {"a zero byte", std::string("ko\0", 3), "en-US"},
      {"a spoiled element does not spoil the next", "!!, ;;q, ko", "ko-KR"},
      {"empty elements between", ",,ko,,", "ko-KR"},
      {"a long list, read to its limit", "ko, " + std::string(2 * kMaxAcceptLanguageBytes, ','),
       "ko-KR"},
      {"what lies behind the limit is not read",
       std::string(kMaxAcceptLanguageBytes, ' ') + "," + "ko", ""},
      {"an element that the limit cuts is not read",
       std::string(kMaxAcceptLanguageBytes - 5, ' ') + "en,ko-KR;q=1", "en-US"},
      {"the last element within the limit is read",
       std::string(kMaxAcceptLanguageBytes - 5, ' ') + "ko-KR,en", "ko-KR"},
      {"one element longer than the limit", std::string(2 * kMaxAcceptLanguageBytes, 'k'), "en-US"},
  };
}

TEST(NegotiateLocale, PicksTheLocaleThatServesBest) {
  for (const NegotiateCase& c : Cases()) {
    EXPECT_EQ(NegotiateLocale(c.accept_language), c.expected) << c.name;
  }
}

TEST(FindLocale, TellsWhatDoesNotShipFromTheDefault) {
  for (const NegotiateCase& c : Cases()) {
    const std::string_view found = FindLocale(c.accept_language);
    EXPECT_TRUE(found == c.expected || (found.empty() && c.expected == kDefaultLocale)) << c.name;
  }
  for (const char* asked : {"en", "en-GB", "*", "fr, en;q=0.1"}) {
    EXPECT_EQ(FindLocale(asked), "en-US") << asked;
  }
  for (const char* asked : {"xx", "fr-FR", "kok", "ko;q=0", "", "korean language"}) {
    EXPECT_EQ(FindLocale(asked), "") << asked;
  }
}

TEST(NegotiateLocale, EveryCutGivesALocaleThatShips) {
  for (const NegotiateCase& c : Cases()) {
    for (std::size_t size = 0; size <= c.accept_language.size(); ++size) {
      const std::vector<char> bytes(c.accept_language.begin(),
                                    c.accept_language.begin() + static_cast<std::ptrdiff_t>(size));
      const std::string_view cut(bytes.data(), bytes.size());
      const std::string_view locale = NegotiateLocale(cut);
      const bool ships = std::ranges::find(Locales(), locale) != Locales().end();
      const std::string_view read = cut.substr(0, kMaxAcceptLanguageBytes);
      const bool asks_nothing = read.find_first_not_of(" \t,") == read.npos;
      ASSERT_TRUE(ships || (locale.empty() && asks_nothing)) << c.name << " cut to " << size;
    }
  }
}

}  // namespace
}  // namespace scoregate::catalogue
