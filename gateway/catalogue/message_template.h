// The parameters of the upstream's messages: finds them in a message that arrived, and composes a
// message in which they can be found. Keeps only the shortest literals around each parameter, not
// the documented sentences.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace scoregate::catalogue {

/// Values of {0} and {1}; the second is empty where the row has one parameter. Views into the
/// message that was read, white space at their ends left out. A value may be empty.
using Parameters = std::array<std::string_view, 2>;

/// The parameters of a message of that row, or nothing where the row has none or the message's
/// wording is not the documented one. A run of white space in the message stands for any other.
/// Where a literal occurs more than once, {0} begins behind the first one in front of it and ends
/// at the first one between it and {1}; the last parameter ends at the last one behind it, since
/// prose may hold periods and quotes of its own. Linear in the message's length.
std::optional<Parameters> ReadParameters(std::string_view error_class, std::string_view code,
                                         std::string_view message);

/// A short message that ReadParameters takes apart into these very values (as long as the values do
/// not hold the row's own literals and neither begin nor end with white space). Empty for a row
/// without parameters. For the emulator.
std::string ComposeMessage(std::string_view error_class, std::string_view code,
                           const Parameters& values);

}  // namespace scoregate::catalogue
