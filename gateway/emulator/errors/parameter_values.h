// What stands for {0} and {1} in a documented message when that error is raised on demand.
#pragma once

#include <string_view>

#include "gateway/catalogue/message_template.h"

namespace scoregate::emulator {

/// Realistic values for the row, some of them with (invented) secrets, so that a gateway's
/// redaction has something to do. Empty for a row without parameters.
catalogue::Parameters ParameterValues(std::string_view error_class, std::string_view code);

}  // namespace scoregate::emulator
