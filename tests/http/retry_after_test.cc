// Retry-After and the three forms of HTTP-date, strictly and without a clock.
#include "gateway/http/retry_after.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace scoregate::http {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

// 1994-11-06T08:49:37Z, the example of RFC 9110.
constexpr UnixSeconds kExample{784'111'777s};
constexpr std::string_view kExampleText = "Sun, 06 Nov 1994 08:49:37 GMT";

std::optional<std::int64_t> Seconds(std::optional<UnixSeconds> time) {
  if (!time) return std::nullopt;
  return time->time_since_epoch().count();
}

struct DateCase {
  std::string_view text;
  std::optional<std::int64_t> seconds;
  std::string_view why;
};

TEST(HttpDate, Reads) {
  const DateCase cases[] = {
      {"Sun, 06 Nov 1994 08:49:37 GMT", 784'111'777, "the form to write"},
      {"Sunday, 06-Nov-94 08:49:37 GMT", 784'111'777, "the form of RFC 850"},
      {"Sun Nov  6 08:49:37 1994", 784'111'777, "the form of asctime"},
      {"Sun Nov 16 08:49:37 1994", 784'975'777, "asctime with two digits of a day"},
      {"Thu, 01 Jan 1970 00:00:00 GMT", 0, "the beginning"},
      {"Wed, 31 Dec 1969 23:59:59 GMT", -1, "before it"},
      {"Thu, 29 Feb 2024 12:00:00 GMT", 1'709'208'000, "a leap day"},
      {"Tue, 29 Feb 2000 00:00:00 GMT", 951'782'400, "a leap day of a century"},
      {"Sat, 31 Dec 2016 23:59:60 GMT", 1'483'228'800, "a leap second"},
      {"Mon, 06 Nov 1994 08:49:37 GMT", 784'111'777, "another day's name"},
      {"Fri, 31 Dec 9999 23:59:59 GMT", 253'402'300'799, "the last"},
      {"Thursday, 01-Jan-70 00:00:00 GMT", 0, "two digits begin in 1970"},
      {"Tuesday, 31-Dec-69 23:59:59 GMT", 3'155'759'999, "and end in 2069"},
  };
  for (const DateCase& c : cases) {
    EXPECT_EQ(Seconds(ParseHttpDate(c.text)), c.seconds) << c.text << ": " << c.why;
  }
}

TEST(HttpDate, RefusesEverythingElse) {
  constexpr std::pair<std::string_view, std::string_view> cases[] = {
      {"", "empty"},
      {"now", "a word"},
      {"1994-11-06T08:49:37Z", "ISO 8601"},
      {"784111777", "a number"},
      {"06 Nov 1994 08:49:37 GMT", "no day's name"},
      {"Sun 06 Nov 1994 08:49:37 GMT", "no comma"},
      {"Sun,06 Nov 1994 08:49:37 GMT", "no space"},
      {"Sun,  06 Nov 1994 08:49:37 GMT", "two spaces"},
      {"Sun, 6 Nov 1994 08:49:37 GMT", "one digit of a day"},
      {"Sun,  6 Nov 1994 08:49:37 GMT", "a space for a digit belongs to asctime"},
      {"Sun, 06 Nov 94 08:49:37 GMT", "two digits of a year"},
      {"Sun, 06-Nov-1994 08:49:37 GMT", "hyphens belong to RFC 850"},
      {"Sunday, 06-Nov-1994 08:49:37 GMT", "four digits there"},
      {"Sunday, 06 Nov 1994 08:49:37 GMT", "a long name of a day"},
      {"Sun, 06-Nov-94 08:49:37 GMT", "a short name of a day"},
      {"sun, 06 Nov 1994 08:49:37 GMT", "lower case"},
      {"Sun, 06 nov 1994 08:49:37 GMT", "lower case"},
      {"Sun, 06 Nov 1994 08:49:37 gmt", "lower case"},
      {"Xyz, 06 Nov 1994 08:49:37 GMT", "no such day"},
      {"Sun, 06 Xyz 1994 08:49:37 GMT", "no such month"},
      {"Sun, 00 Nov 1994 08:49:37 GMT", "no such date"},
      {"Sun, 31 Nov 1994 08:49:37 GMT", "no such date"},
      {"Sun, 29 Feb 1900 08:49:37 GMT", "no such date"},
      {"Sun, 06 Nov 1994 24:00:00 GMT", "no such hour"},
      {"Sun, 06 Nov 1994 08:60:37 GMT", "no such minute"},
      {"Sun, 06 Nov 1994 08:49:61 GMT", "no such second"},
      {"Sun, 06 Nov 1994 8:49:37 GMT", "one digit of an hour"},
      {"Sun, 06 Nov 1994 08:49 GMT", "no seconds"},
      {"Sun, 06 Nov 1994 08:49:37", "no zone"},
      {"Sun, 06 Nov 1994 08:49:37 UTC", "another zone"},
      {"Sun, 06 Nov 1994 08:49:37 +0000", "another zone"},
      {"Sun, 06 Nov 1994 08:49:37 GMT ", "a space after"},
      {" Sun, 06 Nov 1994 08:49:37 GMT", "a space before"},
      {"Sun, 06 Nov 1994 08:49:37 GMT, x", "more"},
      {"Sun, +6 Nov 1994 08:49:37 GMT", "a sign"},
      {"Sun Nov 6 08:49:37 1994", "one digit without its space"},
      {"Sun Nov  16 08:49:37 1994", "two digits and the space"},
      {"Sun Nov  6 08:49:37 1994 GMT", "a zone after asctime"},
      {"Sun Nov  6 08:49:37 94", "two digits of a year"},
  };
  for (const auto& [text, why] : cases) {
    EXPECT_EQ(ParseHttpDate(text), std::nullopt) << text << ": " << why;
  }
}

TEST(HttpDate, RefusesACutDate) {
  for (std::string_view text : {kExampleText, std::string_view("Sunday, 06-Nov-94 08:49:37 GMT"),
                                std::string_view("Sun Nov  6 08:49:37 1994")}) {
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
      EXPECT_EQ(ParseHttpDate(text.substr(0, cut)), std::nullopt) << text.substr(0, cut);
    }
  }
}

TEST(HttpDate, TwoDigitsOfAYearFollowTheReference) {
  const auto year_seen_from = [](int reference, std::string_view year) {
    const std::chrono::sys_days day = std::chrono::year(reference) / std::chrono::July / 1;
    const std::string text = "Monday, 01-Jan-" + std::string(year) + " 00:00:00 GMT";
    const auto time = ParseHttpDate(text, UnixSeconds(day));
    EXPECT_TRUE(time) << text;
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(*time));
    return static_cast<int>(date.year());
  };
  EXPECT_EQ(year_seen_from(2026, "27"), 2027);
  EXPECT_EQ(year_seen_from(2026, "76"), 2076) << "49 years and a half ahead";
  EXPECT_EQ(year_seen_from(2026, "77"), 1977) << "50 years and a half ahead would be too far";
  EXPECT_EQ(year_seen_from(2026, "99"), 1999);
  EXPECT_EQ(year_seen_from(1994, "94"), 1994);
  EXPECT_EQ(year_seen_from(1994, "30"), 2030) << "the next century is near";
  EXPECT_EQ(year_seen_from(2099, "01"), 2101);
}

struct RetryCase {
  std::string_view value;
  std::string_view date;
  std::optional<UnixSeconds> now;
  std::optional<milliseconds> delay;
  std::string_view why;
};

TEST(RetryAfter, Reads) {
  constexpr std::string_view kMinuteLater = "Sun, 06 Nov 1994 08:50:37 GMT";
  const RetryCase cases[] = {
      {"0", "", std::nullopt, 0ms, "at once"},
      {"7", "", std::nullopt, 7000ms, "seconds need no date"},
      {"120", kExampleText, kExample, 120'000ms, ""},
      {"007", "", std::nullopt, 7000ms, "leading zeros"},
      {" \t7 ", "", std::nullopt, 7000ms, "space around a value is none of it"},
      {"9223372036854775", "", std::nullopt, 9'223'372'036'854'775'000ms, "the most that fits"},
      {"9223372036854776", "", std::nullopt, milliseconds::max(), "one more saturates"},
      {"99999999999999999999999999999999", "", std::nullopt, milliseconds::max(), "saturates"},
      {kMinuteLater, kExampleText, std::nullopt, 60'000ms, "counted from the answer's Date"},
      {kMinuteLater, kExampleText, kExample + 30s, 60'000ms, "Date goes before the clock"},
      {kMinuteLater, "", kExample + 30s, 30'000ms, "the clock, where there is no Date"},
      {kMinuteLater, "yesterday", kExample + 30s, 30'000ms, "the clock, where Date is none"},
      {kMinuteLater, "", std::nullopt, std::nullopt, "nothing to count from"},
      {kMinuteLater, "yesterday", std::nullopt, std::nullopt, "nothing to count from"},
      {kExampleText, kMinuteLater, std::nullopt, 0ms, "a moment that has passed"},
      {kExampleText, kExampleText, std::nullopt, 0ms, "this very moment"},
      {"Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:49:37 1994", std::nullopt, 60'000ms,
       "the forms mix"},
      {"Wednesday, 01-Jan-31 00:00:00 GMT", "Tue, 31 Dec 2030 23:59:50 GMT", std::nullopt, 10'000ms,
       "the year of two digits is seen from Date"},
      {"Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", std::nullopt,
       253'402'300'799'000ms, "the longest"},
      {"", kExampleText, kExample, std::nullopt, "empty"},
      {"-1", kExampleText, kExample, std::nullopt, "a sign"},
      {"+1", kExampleText, kExample, std::nullopt, "a sign"},
      {"1.5", kExampleText, kExample, std::nullopt, "a fraction"},
      {"1s", kExampleText, kExample, std::nullopt, "a unit"},
      {"7, 7", kExampleText, kExample, std::nullopt, "two values"},
      {"0x7", kExampleText, kExample, std::nullopt, "hex"},
      {"soon", kExampleText, kExample, std::nullopt, "a word"},
  };
  for (const RetryCase& c : cases) {
    EXPECT_EQ(ParseRetryAfter(c.value, c.date, c.now), c.delay) << c.value << ": " << c.why;
  }
}

}  // namespace
}  // namespace scoregate::http
