// Reads the Retry-After field (RFC 9110, 10.2.3). Time comes in as an argument.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace scoregate::http {

/// Seconds since 1970-01-01T00:00:00Z, without a clock behind it.
using UnixSeconds = std::chrono::sys_seconds;

/// Reads an HTTP-date in any of the three forms of RFC 9110, 5.6.7, letter for letter. Nothing
/// where it is none. The day's name must be one, but need not be the date's. A second 60 is the
/// first second of the next minute. The year of two digits in the obsolete form is the latest that
/// lies no more than 50 years after `reference`; without one, 1970 to 2069.
std::optional<UnixSeconds> ParseHttpDate(std::string_view text,
                                         std::optional<UnixSeconds> reference = std::nullopt);

/// Reads delta-seconds or an HTTP-date. A date is counted from the answer's own `date` field, else
/// from `now`; a moment that has passed is zero. Nothing where the value is neither, and where it
/// is a date while `date` and `now` are both missing. Values too large for the type saturate.
std::optional<std::chrono::milliseconds> ParseRetryAfter(std::string_view value,
                                                         std::string_view date,
                                                         std::optional<UnixSeconds> now);

}  // namespace scoregate::http
