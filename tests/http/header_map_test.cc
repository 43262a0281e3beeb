// Header fields: order, case and repetition.
#include "gateway/http/header_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace scoregate::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(HeaderMap, IsEmptyAtFirst) {
  const HeaderMap map;
  EXPECT_TRUE(map.empty());
  EXPECT_FALSE(map.Has("date"));
  EXPECT_EQ(map.First("date"), "");
  EXPECT_THAT(map.All("date"), IsEmpty());
  EXPECT_EQ(map.Joined("date"), "");
}

TEST(HeaderMap, KeepsOrderAndValuesAndLowersNames) {
  HeaderMap map;
  map.Add("X-Ms-Request-Id", "AbC ");
  map.Add("via", "");
  map.Add("x-ms-request-id", "def");
  EXPECT_THAT(map.fields(), ElementsAre(Pair("x-ms-request-id", "AbC "), Pair("via", ""),
                                        Pair("x-ms-request-id", "def")));
  EXPECT_EQ(map.First("x-ms-request-id"), "AbC ");
  EXPECT_THAT(map.All("x-ms-request-id"), ElementsAre("AbC ", "def"));
  EXPECT_EQ(map.Joined("x-ms-request-id"), "AbC , def");
}

TEST(HeaderMap, AnEmptyValueIsAValue) {
  HeaderMap map;
  map.Add("a", "");
  EXPECT_TRUE(map.Has("a"));
  EXPECT_FALSE(map.empty());
  EXPECT_THAT(map.All("a"), ElementsAre(""));
  map.Add("a", "x");
  EXPECT_EQ(map.Joined("a"), ", x") << "an empty first value still has its comma";
}

TEST(HeaderMap, SetReplacesEveryFieldOfThatName) {
  HeaderMap map;
  map.Add("accept", "a");
  map.Add("host", "h");
  map.Add("Accept", "b");
  map.Set("accept", "c");
  EXPECT_THAT(map.fields(), ElementsAre(Pair("host", "h"), Pair("accept", "c")));
}

TEST(HeaderMap, LowersLettersOfAsciiOnly) {
  HeaderMap map;
  map.Add("[@AZ`{]\xC3\x84", "v");
  EXPECT_THAT(map.fields(), ElementsAre(Pair("[@az`{]\xC3\x84", "v")));
}

TEST(HeaderMap, LowersEveryByteAtEveryPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const char lowered = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (std::size_t size = 1; size < 20; ++size) {
      for (std::size_t place = 0; place < size; ++place) {
        std::string name(size, 'Z');
        std::string expected(size, 'z');
        name[place] = c;
        expected[place] = lowered;
        HeaderMap map;
        map.Add(name, "v");
        ASSERT_THAT(map.fields(), ElementsAre(Pair(expected, "v")));
      }
    }
  }
}

TEST(HeaderMap, LooksUpWholeNames) {
  HeaderMap map;
  map.Add("retry-after-ms", "5");
  EXPECT_FALSE(map.Has("retry-after"));
  EXPECT_FALSE(map.Has("retry-after-ms "));
  EXPECT_EQ(map.First("retry-after"), "");
}

}  // namespace
}  // namespace scoregate::http
