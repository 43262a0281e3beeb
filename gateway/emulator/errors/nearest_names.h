// Suggestions for a name that nothing has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scoregate::emulator {

/// Up to three names that can be raised, the nearest first. A code without its class finds its
/// rows. Cost is bounded: only the first bytes of a long name are compared.
std::vector<std::string> NearestNames(std::string_view name);

}  // namespace scoregate::emulator
