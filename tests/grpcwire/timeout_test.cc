// grpc-timeout: what is read, what is refused, and that writing never loses time.
#include "gateway/grpcwire/timeout.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace scoregate::grpcwire {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

struct ReadCase {
  std::string_view text;
  std::optional<nanoseconds> timeout;
  std::string_view why;
};

TEST(Timeout, Reads) {
  const ReadCase cases[] = {
      {"1H", 1h, "hours"},
      {"2M", 2min, "minutes are M"},
      {"3S", 3s, "seconds"},
      {"4m", 4ms, "milliseconds are m"},
      {"5u", 5us, "microseconds"},
      {"6n", 6ns, "nanoseconds"},
      {"0n", 0ns, "zero has passed"},
      {"00000007S", 7s, "leading zeros within eight digits"},
      {"99999999M", 99'999'999min, "the most minutes still fit"},
      {"2562047H", 2'562'047h, "the most hours that fit"},
      {"2562048H", nanoseconds::max(), "one more saturates"},
      {"99999999H", nanoseconds::max(), "saturates"},
      {"", std::nullopt, "empty"},
      {"S", std::nullopt, "no digit"},
      {"5", std::nullopt, "no unit"},
      {"123456789S", std::nullopt, "a ninth digit"},
      {"000000001S", std::nullopt, "a ninth digit, though a zero"},
      {"-1S", std::nullopt, "a sign"},
      {"+1S", std::nullopt, "a sign"},
      {" 1S", std::nullopt, "a space"},
      {"1 S", std::nullopt, "a space"},
      {"1S ", std::nullopt, "a space"},
      {"1s", std::nullopt, "no such unit"},
      {"1h", std::nullopt, "no such unit"},
      {"1U", std::nullopt, "no such unit"},
      {"1ms", std::nullopt, "two letters"},
      {"1.5S", std::nullopt, "a fraction"},
      {"0x1S", std::nullopt, "hex"},
  };
  for (const ReadCase& c : cases) EXPECT_EQ(ParseTimeout(c.text), c.timeout) << c.text << c.why;
}

struct WriteCase {
  nanoseconds timeout;
  std::string_view text;
  std::string_view why;
};

TEST(Timeout, Writes) {
  const WriteCase cases[] = {
      {1ns, "1n", "the finest unit"},
      {99'999'999ns, "99999999n", "the most of it"},
      {100'000'000ns, "100000u", "one more takes the next unit"},
      {100'000'001ns, "100001u", "rounded up"},
      {99'999'999us, "99999999u", ""},
      {99'999'999us + 1ns, "100000m", "rounding up takes it over the unit's most"},
      {100s, "100000m", ""},
      {99'999'999ms, "99999999m", ""},
      {100'000s, "100000S", ""},
      {99'999'999s, "99999999S", ""},
      {100'000'000s, "1666667M", "rounded up"},
      {99'999'999min, "99999999M", ""},
      {100'000'000min, "1666667H", "rounded up"},
      {nanoseconds::max(), "2562048H", "the most there is"},
      {0ns, "1n", "the protocol wants a positive number"},
      {-5s, "1n", "a deadline in the past"},
      {nanoseconds::min(), "1n", "far in the past"},
  };
  for (const WriteCase& c : cases) EXPECT_EQ(FormatTimeout(c.timeout), c.text) << c.why;
}

TEST(Timeout, WhatIsWrittenReadsBackAsNoLessAndHardlyMore) {
  std::mt19937_64 random(20161116);
  for (int i = 0; i < 100'000; ++i) {
    const nanoseconds timeout(static_cast<std::int64_t>((random() >> 1) >> (random() % 62)) + 1);
    const std::string text = FormatTimeout(timeout);
    const std::optional<nanoseconds> read = ParseTimeout(text);
    ASSERT_TRUE(read) << text;
    ASSERT_GE(*read, timeout) << text;
    // A unit is at most a 1,666,666th of what is written in it (hours); saturation aside.
    ASSERT_LE((*read - timeout).count(), timeout.count() / 100'000 + 1) << text;
  }
}

}  // namespace
}  // namespace scoregate::grpcwire
