// Where in a body JSON begins, if anywhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scoregate::errorbody {

/// Bytes of prose that may stand before the first brace.
inline constexpr std::size_t kMaxProseBytes = 256;

/// The body from the first byte of its JSON object or array on; empty where there is none. Prose is
/// skipped before an object only: brackets are common in prose, `{"` is not. `body` has no blanks
/// at its ends.
std::string_view FindJson(std::string_view body);

/// The inside of a body that is one JSON string, or an object whose quotes are all escaped. Nothing
/// where the body is neither.
std::optional<std::string> PackedJson(std::string_view body);

}  // namespace scoregate::errorbody
