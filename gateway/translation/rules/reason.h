// How ErrorInfo.reason is made of documented names (I8), and what a reason must look like.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scoregate::translation {

/// The most that AIP-193 allows.
inline constexpr std::size_t kMaxReasonBytes = 63;

/// Whether a reason is UPPER_SNAKE_CASE within AIP-193's length: [A-Z][A-Z0-9_]+[A-Z0-9].
constexpr bool IsReason(std::string_view reason) {
  auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (reason.size() < 3 || reason.size() > kMaxReasonBytes) return false;
  if (!capital(reason.front())) return false;
  if (!capital(reason.back()) && !digit(reason.back())) return false;
  for (char c : reason) {
    if (!capital(c) && !digit(c) && c != '_') return false;
  }
  return true;
}

/// Whether the code's reason needs its class before it: the two names whose two classes differ in
/// verdict.
constexpr bool NeedsClassPrefix(std::string_view error_code) {
  return error_code == "UnknownError" || error_code == "ContainerValidationFailed";
}

/// The reason of a documented row: "BAD_ARGUMENT" for ("BadArgument", ""), "BLOB_NOT_FOUND" for
/// ("BadArgument", "BlobNotFound"). Only for documented names; a reason is never made of foreign
/// text. Builds a string: FindRow(...)->reason has it ready.
std::string ReasonOf(std::string_view error_class, std::string_view error_code);

}  // namespace scoregate::translation
