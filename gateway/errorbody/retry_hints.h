// How long the upstream asks to wait, wherever it says so. Choosing among the hints, and how long
// is too long, is translation/'s business.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "gateway/http/message.h"
#include "gateway/http/retry_after.h"

namespace scoregate::errorbody {

/// Longer hints are cut to this, so that nobody's arithmetic overflows.
inline constexpr std::chrono::milliseconds kLongestDelay = std::chrono::hours(24 * 3650);

/// The first valid value of retry-after-ms, x-ms-retry-after-ms, retry-after, in this order.
std::optional<std::chrono::milliseconds> HeaderDelay(const http::HttpResponse& response,
                                                     std::optional<http::UnixSeconds> now);

/// A number of seconds as JSON writes it, such as "118.0". Nothing where it is none or negative.
std::optional<std::chrono::milliseconds> DelayFromSeconds(std::string_view number);

/// The delay in a sentence such as "Try again in 2 seconds", "retry after 1m30s", "Quota will be
/// replenished in 2.12 days" or "in 01:12:34". A duration alone is no advice: the words before it
/// have to speak of trying again. Linear.
std::optional<std::chrono::milliseconds> ProseDelay(std::string_view text);

}  // namespace scoregate::errorbody
