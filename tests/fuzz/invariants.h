// The invariants of the translation contract that can be seen on any translated failure.
#pragma once

#include <string_view>

#include "gateway/translation/translate.h"

namespace scoregate::fuzz {

/// The invariant that does not hold, by number and name; empty where all hold.
std::string_view BrokenInvariant(const translation::Translation& translated);

}  // namespace scoregate::fuzz
