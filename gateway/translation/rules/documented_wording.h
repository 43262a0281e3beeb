// Whether an upstream's words are the documented ones, for the rows whose message has no
// parameters.
#pragma once

#include <string_view>

namespace scoregate::translation {

/// True where the documentation gives that row this very message, white space and a last period
/// aside. Rows with parameters are recognized by catalogue::ReadParameters; false for them here.
bool IsDocumentedWording(std::string_view error_class, std::string_view error_code,
                         std::string_view message);

}  // namespace scoregate::translation
