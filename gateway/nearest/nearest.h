// The known names that a mistyped one most likely means.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace scoregate::nearest {

/// Letters to insert, drop, change or swap with their neighbor, from one text to the other; a
/// change of case alone counts nothing. Only the first kMaxComparedBytes of each are compared.
std::size_t Distance(std::string_view a, std::string_view b);

/// Names beyond this are compared by their beginning: whoever sends a long one pays no more.
inline constexpr std::size_t kMaxComparedBytes = 96;

/// The known names within a third of the name's length, rounded up, nearest first, among
/// equals in their given order; at most `most`. Views into `known`.
std::vector<std::string_view> NearestNames(std::string_view name,
                                           std::span<const std::string_view> known,
                                           std::size_t most);

}  // namespace scoregate::nearest
