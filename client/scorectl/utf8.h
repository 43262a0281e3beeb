// Text that can go into a request: strings of protobuf are UTF-8, and a gateway refuses the whole
// message for one that is not.
#pragma once

#include <CLI/CLI.hpp>
#include <string_view>

namespace scoregate::scorectl {

/// Whether every byte is part of well-formed UTF-8 (no surrogates, no overlong forms).
bool IsUtf8(std::string_view text);

/// Throws CLI::ValidationError in the name of the first option of the command that was chosen, or
/// of `app` itself, whose value is not UTF-8. Names of files may hold any bytes.
void RequireUtf8(const CLI::App& app);

}  // namespace scoregate::scorectl
