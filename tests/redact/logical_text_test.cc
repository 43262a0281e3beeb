// What a unit is does not depend on where the text begins to have escapes.
#include "gateway/redact/logical_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>

namespace scoregate::redact {
namespace {

// An escape by itself, kept apart by a blank.
constexpr std::string_view kEscape = "%41";

// What begins, goes on or ends an escape, and what only looks as if.
constexpr auto kPieces = std::to_array<std::string_view>({
    "a",      "u",         "0",       "00",      "22",     "u0022",   "n",      " ",     "\"",
    "&",      "&a",        "&q",      "&#",      "&amp;",  "amp;",    "quot;",  "#34;",  "&quot;",
    "&amp;l", "&amp;amp;", "%",       "%2",      "%25",    "%252",    "25",     "41",    "%5C",
    "%255C",  "%5Cu0022",  "%5Cu002", "\\",      "\\\\",   "\\u0022", "\\u002", "\\u00", "\\n",
    "=",      "\xEA",      "%3D",     "&apos;x", "&nbsp;", "&lt;b",   "\\/",    "\\'",   "/",
});

std::string Jumble(std::mt19937_64& random) {
  std::string text;
  for (std::size_t pieces = random() % 9; pieces > 0; --pieces) {
    text += kPieces[random() % kPieces.size()];
  }
  return text;
}

// How much stands before the text in the padded one.
struct Shift {
  std::size_t units = 0;
  std::size_t bytes = 0;
};

constexpr Shift kBehindEscape{.units = 2, .bytes = kEscape.size() + 1};

void ExpectSame(const LogicalText& text, const LogicalText& padded, Shift shift) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Unit unit = text.At(i);
    const Unit other = padded.At(shift.units + i);
    ASSERT_EQ(unit.c, other.c) << i;
    ASSERT_EQ(unit.start + shift.bytes, other.start) << i;
    ASSERT_EQ(unit.level, other.level) << i;
    ASSERT_EQ(unit.entity_level, other.entity_level) << i;
    ASSERT_EQ(unit.backslashes, other.backslashes) << i;
    ASSERT_EQ(unit.unicode_escape, other.unicode_escape) << i;
    ASSERT_EQ(text.CharAt(i), unit.c) << i;
  }
}

TEST(LogicalText, ReadsTheSameWhateverEscapeStandsBesideIt) {
  std::mt19937_64 random(20150401);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = Jumble(random);
    SCOPED_TRACE(text);
    const LogicalText alone(text);
    const std::string after = text + " " + std::string(kEscape);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(alone, LogicalText(after), Shift{}));
    const std::string before = std::string(kEscape) + " " + text;
    ASSERT_NO_FATAL_FAILURE(ExpectSame(alone, LogicalText(before), kBehindEscape));
  }
}

TEST(LogicalText, KnowsWhereUnitsBeginInWhateverOrderItIsAsked) {
  const LogicalText text("x%41yz\\u0022&lt;");
  ASSERT_EQ(text.size(), 6u);
  EXPECT_EQ(text.Characters(0, 6), "xAyz\"<");
  constexpr auto kStarts = std::to_array<std::size_t>({0, 1, 4, 5, 6, 12, 16, 16});
  for (std::size_t stride : {1, 3, 5, 7}) {
    for (std::size_t i = 0; i < kStarts.size(); ++i) {
      const std::size_t index = i * stride % kStarts.size();
      EXPECT_EQ(text.At(index).start, kStarts[index]) << index;
    }
  }
}

TEST(LogicalText, EndsWithAPlainUnitWithoutACharacter) {
  for (std::string_view spelled : {"ab", "%41b", "a%42"}) {
    const LogicalText text(spelled);
    ASSERT_EQ(text.size(), 2u);
    EXPECT_EQ(text.At(2).start, spelled.size());
    EXPECT_EQ(text.At(2).level, 0);
    EXPECT_EQ(text.CharAt(2), '\0');
    EXPECT_EQ(text.EndOfRun(0, [](char) { return true; }), 2u);
  }
}

TEST(LogicalText, RunsEndAtACharacterABoundOrTheText) {
  const LogicalText text("..aaa%61a");
  const auto is_a = [](char c) { return c == 'a'; };
  EXPECT_EQ(text.EndOfRun(2, is_a), 7u);
  EXPECT_EQ(text.EndOfRun(0, is_a), 0u);
  EXPECT_EQ(text.EndOfRun(7, is_a), 7u);
  for (std::size_t most : {0, 1, 4, 5, 6, 100}) {
    EXPECT_EQ(text.EndOfRun(2, is_a, most), std::min<std::size_t>(2 + most, 7)) << most;
  }
  EXPECT_EQ(text.BeginOfRun(0, 7, is_a), 2u);
  EXPECT_EQ(text.BeginOfRun(4, 7, is_a), 4u);
  EXPECT_EQ(text.BeginOfRun(7, 7, is_a), 7u);
  EXPECT_EQ(text.BeginOfRun(0, 2, is_a), 2u);
}

}  // namespace
}  // namespace scoregate::redact
