// Numbers as they are written into requests: the shortest text that reads back as the same double.
#include "gateway/dialect/json_writer.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace scoregate::dialect {
namespace {

std::string Written(double value) {
  std::string out;
  AppendJsonDouble(out, value);
  return out;
}

// What the standard library takes for the shortest.
std::string Shortest(double value) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof(digits), value).ptr};
}

TEST(JsonDouble, IsTheShortestText) {
  struct Case {
    double value;
    const char* text;
    const char* why;
  };
  const Case cases[] = {
      {5.1, "5.1", "one decimal"},
      {-0.25, "-0.25", "two, below one, negative"},
      {1234.567, "1234.567", "three"},
      {0.001, "0.001", "the smallest of three"},
      {0.0001, "1e-04", "four: the standard library's form"},
      {-0.0, "-0", "the sign of zero stays"},
      {2.0, "2", "a whole number has no point"},
      {0.1 + 0.2, "0.30000000000000004", "next to three decimals is not three decimals"},
      {999999999.999, "999999999.999", "the largest of three"},
      {1000000000.5, "1000000000.5", "beyond it"},
      {5e-324, "5e-324", "the smallest of all"},
      {1.7976931348623157e308, "1.7976931348623157e+308", "the largest of all"},
  };
  for (const Case& row : cases) EXPECT_EQ(Written(row.value), row.text) << row.why;
}

TEST(JsonDouble, IsWhatTheStandardLibraryWritesForEveryDecimalAndItsNeighbors) {
  std::mt19937_64 random(7);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 300'000; ++i) {
    const int digits = static_cast<int>(random() % 16);
    const auto whole =
        static_cast<double>(random() % static_cast<std::uint64_t>(std::pow(10.0, digits)));
    const double decimal = whole / std::pow(10.0, static_cast<int>(random() % 7));
    for (double value : {decimal, std::nextafter(decimal, kInfinity), std::nextafter(decimal, 0)}) {
      if (value == std::trunc(value)) continue;
      ASSERT_EQ(Written(value), Shortest(value));
      ASSERT_EQ(Written(-value), Shortest(-value));
    }
  }
}

}  // namespace
}  // namespace scoregate::dialect
