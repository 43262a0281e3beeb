// Each row has its texts in each locale; values are filled in as they are.
#include "gateway/catalogue/texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "gateway/catalogue/catalogue.h"

namespace scoregate::catalogue {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Row {
  std::string_view error_class;
  std::string_view code;
  int parameters = 0;
  bool has_message = true;
};

std::vector<Row> AllRows() {
  std::vector<Row> rows;
  for (const ErrorClass& row : Classes()) rows.push_back({row.name, ""});
  for (const ErrorCode& row : Codes()) {
    rows.push_back({row.error_class, row.name, row.parameters, row.has_message});
  }
  return rows;
}

std::string NameOf(const Row& row) {
  return std::string(row.error_class) + "/" + std::string(row.code);
}

bool HoldsHangul(std::string_view text) {
  // Syllables lie at U+AC00 to U+D7A3: their first byte is 0xEA to 0xED.
  return text.find_first_of("\xEA\xEB\xEC\xED") != text.npos;
}

TEST(Texts, ShipInEnglishAndKorean) {
  EXPECT_THAT(Locales(), ElementsAre("en-US", "ko-KR"));
}

TEST(Texts, EveryRowSpeaksInEveryLocale) {
  for (const std::string_view locale : Locales()) {
    for (const Row& row : AllRows()) {
      const std::string_view meaning = Meaning(locale, row.error_class, row.code);
      const std::string_view plain = MeaningWithoutParameters(locale, row.error_class, row.code);
      const std::string_view remedy = Remedy(locale, row.error_class, row.code);
      EXPECT_TRUE(meaning.ends_with('.')) << locale << " " << NameOf(row);
      EXPECT_TRUE(plain.ends_with('.')) << locale << " " << NameOf(row);
      EXPECT_TRUE(remedy.ends_with('.')) << locale << " " << NameOf(row);
      EXPECT_EQ(meaning == plain, row.parameters == 0) << locale << " " << NameOf(row);
      EXPECT_THAT(std::string(plain), Not(HasSubstr("{"))) << locale << " " << NameOf(row);
      for (const std::string_view text : {meaning, plain, remedy}) {
        EXPECT_EQ(HoldsHangul(text), locale == "ko-KR") << NameOf(row) << ": " << text;
        EXPECT_EQ(text.find("  "), text.npos) << NameOf(row) << ": " << text;
      }
    }
  }
}

// Whoever reads a log at night has the sentence alone: no two errors of one class share one.
TEST(Texts, NoTwoRowsOfAClassMeanTheSame) {
  for (const std::string_view locale : Locales()) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const Row& row : AllRows()) {
      const auto [place, added] = seen.insert(
          {row.error_class, MeaningWithoutParameters(locale, row.error_class, row.code)});
      EXPECT_TRUE(added) << locale << " " << NameOf(row) << ": " << place->second;
    }
  }
}

// Of 27 errors nothing is documented but the name; the text must not claim to know more.
TEST(Texts, UndocumentedMessagesAreSaidToBeReports) {
  for (const Row& row : AllRows()) {
    if (row.has_message) continue;
    EXPECT_THAT(std::string(Meaning("en-US", row.error_class, row.code)),
                StartsWith("The endpoint reported "));
    EXPECT_THAT(std::string(Meaning("ko-KR", row.error_class, row.code)), HasSubstr("보고했습니다"))
        << NameOf(row);
  }
}

TEST(Texts, KoreanKeepsThePoliteStyle) {
  for (const Row& row : AllRows()) {
    const std::string_view plain = MeaningWithoutParameters("ko-KR", row.error_class, row.code);
    EXPECT_TRUE(plain.ends_with("니다.")) << NameOf(row) << ": " << plain;
    const std::string_view remedy = Remedy("ko-KR", row.error_class, row.code);
    EXPECT_TRUE(remedy.ends_with("시오.")) << NameOf(row) << ": " << remedy;
  }
}

// The documentation's Korean page was translated by a machine, which took "path" for "warning".
TEST(Texts, KoreanSpeaksOfThePathNotOfAWarning) {
  const std::string text(Meaning("ko-KR", "BadArgument", "BlobNameTooLong"));
  const std::string remedy(Remedy("ko-KR", "BadArgument", "BlobNameTooLong"));
  EXPECT_THAT(text, HasSubstr("경로"));
  EXPECT_THAT(remedy, HasSubstr("경로"));
  EXPECT_THAT(text + remedy, Not(HasSubstr("경고")));
}

TEST(Texts, FallBackToTheClassAndToTheDefaultLocale) {
  const std::string_view of_class = Meaning("ko-KR", "BadArgument", "");
  EXPECT_EQ(Meaning("ko-KR", "BadArgument", "NoSuchCode"), of_class);
  EXPECT_EQ(MeaningWithoutParameters("ko-KR", "BadArgument", "NoSuchCode"), of_class);
  EXPECT_EQ(Remedy("ko-KR", "Conflict", "NoSuchCode"), Remedy("ko-KR", "Conflict", ""));
  EXPECT_EQ(Meaning("ko-KR", "BadUserArgument", "BlobNotFound"),
            Meaning("ko-KR", "BadUserArgument", ""));
  EXPECT_EQ(Meaning("fr-FR", "BadArgument", ""), Meaning("en-US", "BadArgument", ""));
  EXPECT_EQ(Meaning("en-US", "NoSuchClass", "BlobNotFound"), "");
  EXPECT_EQ(MeaningWithoutParameters("en-US", "NoSuchClass", ""), "");
  EXPECT_EQ(Remedy("en-US", "", ""), "");
}

struct FillCase {
  const char* name;
  const char* text;
  std::array<std::string_view, 2> values;
  const char* expected;
};

const FillCase kFillCases[] = {
    {"no placeholder", "as it is", {"a", "b"}, "as it is"},
    {"an empty text", "", {"a", "b"}, ""},
    {"one", "x {0} y", {"a", "b"}, "x a y"},
    {"both", "{0}, {1}", {"a", "b"}, "a, b"},
    {"in the other order", "{1}{0}", {"a", "b"}, "ba"},
    {"twice", "{0}{0}", {"a", "b"}, "aa"},
    {"a value is not looked into", "{0} {1}", {"{1}", "{0}"}, "{1} {0}"},
    {"two values do not join to a placeholder", "{0}{1}", {"{", "1}"}, "{1}"},
    {"a value and the text do not join either", "{0}1}", {"{", "b"}, "{1}"},
    {"empty values", "[{0}{1}]", {"", ""}, "[]"},
    {"a placeholder there is not", "{2} {} {01}", {"a", "b"}, "{2} {} {01}"},
    {"an open brace at the end", "x {0", {"a", "b"}, "x {0"},
    {"braces around a placeholder", "{{0}}", {"a", "b"}, "{a}"},
};

TEST(FillIn, PutsValuesInAsTheyAre) {
  for (const FillCase& c : kFillCases) EXPECT_EQ(FillIn(c.text, c.values), c.expected) << c.name;
}

TEST(FillIn, EveryCutKeepsWhatItCannotFill) {
  const std::string_view text = "a {0} b {1} c";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    std::string expected(text.substr(0, size));
    if (size >= 5) expected.replace(2, 3, "X");
    if (size >= 11) expected.replace(6, 3, "Y");
    EXPECT_EQ(FillIn(text.substr(0, size), {"X", "Y"}), expected) << size;
  }
}

}  // namespace
}  // namespace scoregate::catalogue
