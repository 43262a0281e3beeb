// HTTP-dates without a locale and without a clock, and Retry-After on top of them.
#include "gateway/http/retry_after.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace scoregate::http {
namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, 7> kShortDays = {"Mon", "Tue", "Wed", "Thu",
                                                        "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> kLongDays = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// RFC 9110, 5.6.7: a year of two digits that seems to lie further ahead is in the past.
constexpr std::chrono::years kFarAhead{50};
// Without a reference, years of two digits begin here.
constexpr int kFirstShortYear = 1970;

constexpr bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Reads a date from left to right. After the first mismatch every call fails.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  bool Literal(std::string_view literal) {
    good_ = good_ && rest_.starts_with(literal);
    if (good_) rest_.remove_prefix(literal.size());
    return good_;
  }

  // Exactly `digits` digits.
  int Number(std::size_t digits) {
    int number = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      good_ = good_ && i < rest_.size() && IsDigit(rest_[i]);
      if (!good_) return 0;
      number = number * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    return number;
  }

  // The place of the name that stands next.
  template <std::size_t N>
  unsigned OneOf(const std::array<std::string_view, N>& names) {
    for (std::size_t i = 0; good_ && i < N; ++i) {
      if (!rest_.starts_with(names[i])) continue;
      rest_.remove_prefix(names[i].size());
      return static_cast<unsigned>(i);
    }
    good_ = false;
    return 0;
  }

  bool At(char c) const { return good_ && rest_.starts_with(c); }
  bool AtEnd() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

struct CivilTime {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

void ReadTimeOfDay(DateReader& reader, CivilTime& time) {
  time.hour = reader.Number(2);
  reader.Literal(":");
  time.minute = reader.Number(2);
  reader.Literal(":");
  time.second = reader.Number(2);
}

std::optional<UnixSeconds> ToUnix(const CivilTime& time) {
  const std::chrono::year_month_day date{
      std::chrono::year(time.year), std::chrono::month(time.month), std::chrono::day(time.day)};
  if (!date.ok() || time.hour > 23 || time.minute > 59 || time.second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(time.hour) +
         std::chrono::minutes(time.minute) + std::chrono::seconds(time.second);
}

// Sun, 06 Nov 1994 08:49:37 GMT
std::optional<UnixSeconds> ReadFixdate(std::string_view text) {
  DateReader reader(text);
  CivilTime time;
  reader.OneOf(kShortDays);
  reader.Literal(", ");
  time.day = static_cast<unsigned>(reader.Number(2));
  reader.Literal(" ");
  time.month = reader.OneOf(kMonths) + 1;
  reader.Literal(" ");
  time.year = reader.Number(4);
  reader.Literal(" ");
  ReadTimeOfDay(reader, time);
  reader.Literal(" GMT");
  return reader.AtEnd() ? ToUnix(time) : std::nullopt;
}

// The latest year with these last two digits that is not too far after the reference.
std::optional<UnixSeconds> WithCentury(CivilTime time, std::optional<UnixSeconds> reference) {
  const int last_two = time.year;
  if (!reference) {
    time.year = kFirstShortYear + (last_two - kFirstShortYear % 100 + 100) % 100;
    return ToUnix(time);
  }
  const std::chrono::year_month_day now(std::chrono::floor<std::chrono::days>(*reference));
  const int century = static_cast<int>(now.year()) / 100 * 100;
  // Years of 365.2425 days, which is near enough: nobody means a date 50 years ahead.
  const UnixSeconds horizon = *reference + kFarAhead;
  for (int first : {century + 100, century, century - 100}) {
    time.year = first + last_two;
    const std::optional<UnixSeconds> candidate = ToUnix(time);
    if (candidate && *candidate <= horizon) return candidate;
  }
  return std::nullopt;
}

// Sunday, 06-Nov-94 08:49:37 GMT
std::optional<UnixSeconds> ReadRfc850(std::string_view text, std::optional<UnixSeconds> reference) {
  DateReader reader(text);
  CivilTime time;
  reader.OneOf(kLongDays);
  reader.Literal(", ");
  time.day = static_cast<unsigned>(reader.Number(2));
  reader.Literal("-");
  time.month = reader.OneOf(kMonths) + 1;
  reader.Literal("-");
  time.year = reader.Number(2);
  reader.Literal(" ");
  ReadTimeOfDay(reader, time);
  reader.Literal(" GMT");
  return reader.AtEnd() ? WithCentury(time, reference) : std::nullopt;
}

// Sun Nov  6 08:49:37 1994
std::optional<UnixSeconds> ReadAsctime(std::string_view text) {
  DateReader reader(text);
  CivilTime time;
  reader.OneOf(kShortDays);
  reader.Literal(" ");
  time.month = reader.OneOf(kMonths) + 1;
  reader.Literal(" ");
  const bool one_digit = reader.At(' ') && reader.Literal(" ");
  time.day = static_cast<unsigned>(reader.Number(one_digit ? 1 : 2));
  reader.Literal(" ");
  ReadTimeOfDay(reader, time);
  reader.Literal(" ");
  time.year = reader.Number(4);
  return reader.AtEnd() ? ToUnix(time) : std::nullopt;
}

std::string_view TrimSpace(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Any number of digits, which the type may not hold.
std::optional<milliseconds> ReadDeltaSeconds(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, IsDigit)) return std::nullopt;
  constexpr std::int64_t kMostSeconds = milliseconds::max().count() / 1000;
  std::int64_t seconds = 0;
  for (char c : text) {
    if (seconds > (kMostSeconds - (c - '0')) / 10) return milliseconds::max();
    seconds = seconds * 10 + (c - '0');
  }
  return milliseconds(seconds * 1000);
}

}  // namespace

std::optional<UnixSeconds> ParseHttpDate(std::string_view text,
                                         std::optional<UnixSeconds> reference) {
  if (auto fixdate = ReadFixdate(text)) return fixdate;
  if (auto rfc850 = ReadRfc850(text, reference)) return rfc850;
  return ReadAsctime(text);
}

std::optional<milliseconds> ParseRetryAfter(std::string_view value, std::string_view date,
                                            std::optional<UnixSeconds> now) {
  value = TrimSpace(value);
  if (auto delta = ReadDeltaSeconds(value)) return delta;
  std::optional<UnixSeconds> base = ParseHttpDate(TrimSpace(date), now);
  if (!base) base = now;
  if (!base) return std::nullopt;
  const std::optional<UnixSeconds> moment = ParseHttpDate(value, base);
  if (!moment) return std::nullopt;
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(*moment - *base));
}

}  // namespace scoregate::http
