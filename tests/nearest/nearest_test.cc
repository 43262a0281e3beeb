// Suggestions for mistyped names: what is near, what is not, and in which order.
#include "gateway/nearest/nearest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace scoregate::nearest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Distance, CountsEdits) {
  struct Case {
    const char* why;
    std::string_view a;
    std::string_view b;
    std::size_t distance;
  };
  for (const Case& c :
       {Case{"equal", "timeout", "timeout", 0}, Case{"case", "TimeOut", "timeout", 0},
        Case{"one dropped", "timeot", "timeout", 1}, Case{"one too many", "timeoutt", "timeout", 1},
        Case{"one changed", "tineout", "timeout", 1}, Case{"two swapped", "tiemout", "timeout", 1},
        Case{"from nothing", "", "abc", 3}, Case{"to nothing", "abc", "", 3},
        Case{"all other", "abc", "xyz", 3}}) {
    EXPECT_EQ(Distance(c.a, c.b), c.distance) << c.why;
    EXPECT_EQ(Distance(c.b, c.a), c.distance) << c.why << ", the other way";
  }
}

TEST(Distance, LooksAtTheBeginningOfLongTexts) {
  std::string same_beginning(kMaxComparedBytes, 'a');
  EXPECT_EQ(Distance(same_beginning + "bbb", same_beginning + "ccc"), 0u);
}

TEST(NearestNames, OrdersByDistanceThenAsGiven) {
  constexpr std::array<std::string_view, 5> kKnown = {"listeners", "limits", "locale", "local",
                                                      "timeout"};
  EXPECT_THAT(NearestNames("locle", kKnown, 5), ElementsAre("locale", "local"));
  EXPECT_THAT(NearestNames("local", kKnown, 5), ElementsAre("local", "locale"));
  EXPECT_THAT(NearestNames("local", kKnown, 1), ElementsAre("local"));
  EXPECT_THAT(NearestNames("zzzzzz", kKnown, 5), IsEmpty());
  EXPECT_THAT(NearestNames("", kKnown, 5), IsEmpty());
}

}  // namespace
}  // namespace scoregate::nearest
