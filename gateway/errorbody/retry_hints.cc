// Reads delays out of header fields, numbers and sentences.
#include "gateway/errorbody/retry_hints.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, 2> kMillisecondHeaders = {"retry-after-ms",
                                                                 "x-ms-retry-after-ms"};

constexpr double kMsPerSecond = 1000;
constexpr double kMsPerMinute = 60 * kMsPerSecond;
constexpr double kMsPerHour = 60 * kMsPerMinute;
constexpr double kMsPerDay = 24 * kMsPerHour;

milliseconds Saturated(double ms) {
  if (ms >= static_cast<double>(kLongestDelay.count())) return kLongestDelay;
  return milliseconds(std::llround(ms));
}

constexpr bool IsLetter(char c) {
  return LowerCase(c) >= 'a' && LowerCase(c) <= 'z';
}

// A decimal number without sign or exponent at the front; `text` keeps what follows.
std::optional<double> TakeNumber(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && IsDigit(text[end])) ++end;
  if (end == 0) return std::nullopt;
  if (end + 1 < text.size() && text[end] == '.' && IsDigit(text[end + 1])) {
    ++end;
    while (end < text.size() && IsDigit(text[end])) ++end;
  }
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + end, number);
  // Too many digits for the type mean a very long time.
  if (result.ec == std::errc::result_out_of_range) number = HUGE_VAL;
  text.remove_prefix(end);
  return number;
}

std::optional<milliseconds> WholeNumber(std::string_view text, double ms_per_unit) {
  text = Trimmed(text);
  const std::optional<double> number = TakeNumber(text);
  if (!number || !text.empty()) return std::nullopt;
  return Saturated(*number * ms_per_unit);
}

struct Unit {
  std::string_view name;
  double ms;
};

constexpr std::array<Unit, 22> kUnits = {{
    {"ms", 1},
    {"msec", 1},
    {"millisecond", 1},
    {"milliseconds", 1},
    {"s", kMsPerSecond},
    {"sec", kMsPerSecond},
    {"secs", kMsPerSecond},
    {"second", kMsPerSecond},
    {"seconds", kMsPerSecond},
    {"m", kMsPerMinute},
    {"min", kMsPerMinute},
    {"mins", kMsPerMinute},
    {"minute", kMsPerMinute},
    {"minutes", kMsPerMinute},
    {"h", kMsPerHour},
    {"hr", kMsPerHour},
    {"hrs", kMsPerHour},
    {"hour", kMsPerHour},
    {"hours", kMsPerHour},
    {"d", kMsPerDay},
    {"day", kMsPerDay},
    {"days", kMsPerDay},
}};

// Blanks, then a unit; 0 where there is none.
double TakeUnit(std::string_view& text) {
  std::string_view rest = text;
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  std::size_t length = 0;
  while (length < rest.size() && IsLetter(rest[length])) ++length;
  for (const Unit& unit : kUnits) {
    if (!EqualsIgnoringCase(rest.substr(0, length), unit.name)) continue;
    text = rest.substr(length);
    return unit.ms;
  }
  return 0;
}

constexpr std::size_t kClockHourDigits = 2;

// hh:mm:ss, as API Management writes it, and d.hh:mm:ss from a day on.
std::optional<double> ClockDuration(std::string_view text) {
  double ms = 0;
  const std::size_t dot = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view behind = text.substr(dot);
  if (dot > 0 && behind.starts_with('.') && behind.find(':') == kClockHourDigits + 1) {
    std::string_view days = text.substr(0, dot);
    ms = TakeNumber(days).value_or(0) * kMsPerDay;
    text = behind.substr(1);
  }
  for (double unit : {kMsPerHour, kMsPerMinute, kMsPerSecond}) {
    if (unit != kMsPerHour) {
      if (!text.starts_with(':')) return std::nullopt;
      text.remove_prefix(1);
    }
    const std::optional<double> number = TakeNumber(text);
    if (!number) return std::nullopt;
    ms += *number * unit;
  }
  return ms;
}

constexpr std::array<std::string_view, 3> kJoints = {",", " ", "and "};

// "2 seconds", "1m30s", "2 minutes and 30 seconds", "01:12:34".
std::optional<double> Duration(std::string_view text) {
  if (const std::optional<double> clock = ClockDuration(text)) return clock;
  std::optional<double> sum;
  while (const std::optional<double> number = TakeNumber(text)) {
    const double unit = TakeUnit(text);
    if (unit == 0) break;
    sum = sum.value_or(0) + *number * unit;
    for (std::string_view joint : kJoints) {
      if (text.starts_with(joint)) text.remove_prefix(joint.size());
    }
  }
  return sum;
}

constexpr std::array<std::string_view, 6> kLeadWords = {"in", "after", "for", "wait", "about", ":"};

// Whether the word before a number can lead to a duration. Most numbers are none, and this is
// cheap.
bool LeadsToDuration(std::string_view before) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  if (before.empty()) return false;
  const char last = LowerCase(before.back());
  return std::ranges::any_of(kLeadWords, [&](std::string_view word) {
    return word.back() == last && before.size() >= word.size() &&
           EqualsIgnoringCase(before.substr(before.size() - word.size()), word);
  });
}

// The first digit at or behind `at`; eight bytes at a time, since prose has few.
std::size_t FindDigit(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  while (at + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof(word));
    // '0' to '9' become 0 to 9, everything else something larger.
    const std::uint64_t values = word ^ (kOnes * '0');
    const std::uint64_t hit = (values - kOnes * 10) & ~values & kHighBits;
    if (hit != 0) {
      // The lowest mark is right; a borrow can only set wrong ones above it.
      if (std::endian::native != std::endian::little) break;
      return at + static_cast<std::size_t>(std::countr_zero(hit)) / 8;
    }
    at += sizeof(word);
  }
  while (at < text.size() && !IsDigit(text[at])) ++at;
  return at;
}

// Whether the words before a duration say that it is the time to wait.
bool AdvisesToWait(std::string_view before) {
  constexpr std::size_t kFarthestBytes = 48;
  before = before.substr(before.size() - std::min(before.size(), kFarthestBytes));
  std::string words(before);
  for (char& c : words) c = LowerCase(c);
  constexpr std::array<std::string_view, 6> kTriggers = {"try again",       "retry", "wait",
                                                         "available again", "reset", "replenished"};
  std::size_t end = std::string::npos;
  for (std::string_view trigger : kTriggers) {
    const std::size_t found = words.rfind(trigger);
    if (found == std::string::npos) continue;
    const bool whole_word = found == 0 || !IsLetter(words[found - 1]);
    if (whole_word && (end == std::string::npos || found + trigger.size() > end)) {
      end = found + trigger.size();
    }
  }
  if (end == std::string::npos || end >= words.size() || IsLetter(words[end])) return false;
  const std::string_view between = std::string_view(words).substr(end);
  const bool one_clause = std::ranges::all_of(
      between, [](char c) { return IsLetter(c) || c == ' ' || c == '-' || c == ':'; });
  // "The retry failed after 30 seconds" reports a time, it does not ask for one.
  for (std::string_view report : {"fail", "time", "expire", "exceed"}) {
    if (between.find(report) != between.npos) return false;
  }
  return one_clause;
}

}  // namespace

std::optional<milliseconds> HeaderDelay(const http::HttpResponse& response,
                                        std::optional<http::UnixSeconds> now) {
  for (std::string_view name : kMillisecondHeaders) {
    for (const auto& [field, value] : response.headers.fields()) {
      if (field != name) continue;
      if (const auto delay = WholeNumber(value, 1)) return delay;
    }
  }
  for (const auto& [field, value] : response.headers.fields()) {
    if (field != "retry-after") continue;
    const auto delay = http::ParseRetryAfter(value, response.headers.First("date"), now);
    if (delay) return std::min(*delay, kLongestDelay);
  }
  return std::nullopt;
}

std::optional<milliseconds> DelayFromSeconds(std::string_view number) {
  // The type reads words such as "inf", too.
  if (number.empty() || !IsDigit(number.front()) || !IsDigit(number.back())) return {};
  double seconds = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), seconds);
  if (end != number.data() + number.size()) return {};
  // Too large for the type, or too small: a negative exponent tells them apart.
  if (error == std::errc::result_out_of_range) {
    seconds = number.find("e-") == number.npos && number.find("E-") == number.npos ? HUGE_VAL : 0;
  }
  return Saturated(seconds * kMsPerSecond);
}

std::optional<milliseconds> ProseDelay(std::string_view text) {
  for (std::size_t i = FindDigit(text, 1); i < text.size(); i = FindDigit(text, i + 1)) {
    const std::string_view before = text.substr(0, i);
    if (!before.ends_with(' ') || !LeadsToDuration(before)) continue;
    const std::optional<double> duration = Duration(text.substr(i));
    if (duration && AdvisesToWait(before)) return Saturated(*duration);
  }
  return std::nullopt;
}

}  // namespace scoregate::errorbody
