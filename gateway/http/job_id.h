// The id of a batch job, as the classic service gives it and as it stands in paths.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace scoregate::http {

/// Bytes of an id.
inline constexpr std::size_t kMaxJobIdBytes = 128;

/// Whether the text can be a job's id and part of a path: 1 to kMaxJobIdBytes of [A-Za-z0-9_-].
inline bool IsJobId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxJobIdBytes && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
           c == '_';
  });
}

/// The id that is the whole of a body, in quotes or without, whatever byte order mark stands before
/// it and whatever blanks and line ends around it. Nothing where there is none: a bare `null` is
/// JSON's. A view into `body`.
inline std::optional<std::string_view> JobIdIn(std::string_view body) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  constexpr std::string_view kBlanks = " \t\r\n";
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  body.remove_prefix(std::min(body.find_first_not_of(kBlanks), body.size()));
  body = body.substr(0, body.find_last_not_of(kBlanks) + 1);
  if (body == "null") return std::nullopt;
  const bool quoted = body.size() >= 2 && body.starts_with('"') && body.ends_with('"');
  if (quoted) body = body.substr(1, body.size() - 2);
  if (!IsJobId(body)) return std::nullopt;
  return body;
}

}  // namespace scoregate::http
