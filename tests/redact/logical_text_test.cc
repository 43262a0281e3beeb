// Only the stretch from the first escape to the last is undone unit by unit; these hold that where
// it begins and ends makes no difference.
#include "gateway/redact/logical_text.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace scoregate::redact {
namespace {

// An escape by itself, kept apart by a blank: it makes the stretch reach to that side.
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

TEST(LogicalText, EndsWithWhatTheTextEndsWith) {
  const LogicalText text("x%41yz");
  ASSERT_EQ(text.size(), 4u);
  EXPECT_EQ(text.PlainFrom(0), "x") << "up to the escape";
  EXPECT_EQ(text.PlainFrom(1), "") << "the escape itself";
  EXPECT_EQ(text.PlainFrom(2), "yz") << "behind it";
  EXPECT_EQ(text.At(3).start, 5u);
  EXPECT_EQ(text.At(4).start, 6u) << "past the end";
  EXPECT_EQ(text.CharAt(4), '\0');
  EXPECT_EQ(text.PlainFrom(4), "");
}

}  // namespace
}  // namespace scoregate::redact
