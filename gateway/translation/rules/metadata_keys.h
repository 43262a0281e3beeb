// Under which keys of ErrorInfo.metadata the parameters of an upstream's message stand.
#pragma once

#include <span>
#include <string_view>

namespace scoregate::translation {

/// The keys of {0} and {1} in order; empty for a row without parameters. Contract 2.4. Static
/// lifetime. A code that two classes share has the same keys in both.
std::span<const std::string_view> MetadataKeys(std::string_view error_code);

}  // namespace scoregate::translation
