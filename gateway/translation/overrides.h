// The check of a configured departure from the rules, by the invariants that hold for the rules.
#pragma once

#include <optional>
#include <string>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/call_kind.h"

namespace scoregate::translation {

/// Nothing where the override may be used; else one sentence that begins with the invariant it
/// breaks, such as "I3: ...". Checked when configuration is read:
/// I1  the code is one of gRPC's and not OK;
/// I3  the code keeps the family of the status, and no 4xx but 429 becomes retryable;
/// I4  retry_after comes with UNAVAILABLE or RESOURCE_EXHAUSTED only, from 0.1 s to 24 h;
/// I5  what is overridden can occur: a documented class under its own status (kind classic), or a
///     status from 400 to 599;
/// I8  the reason is UPPER_SNAKE_CASE of 3 to 63 characters.
std::optional<std::string> CheckOverride(const endpoint::RuleOverride& rule,
                                         http::UpstreamKind kind);

}  // namespace scoregate::translation
