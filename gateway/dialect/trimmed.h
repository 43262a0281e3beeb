// Text of a peer without what stands around it and means nothing.
#pragma once

#include <string_view>

namespace scoregate::dialect {

/// What some writers of UTF-8 put before a text; it is no part of it.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Without a byte order mark at the beginning, and without blanks and line ends on both sides. A
/// view into `text`.
std::string_view Trimmed(std::string_view text);

}  // namespace scoregate::dialect
