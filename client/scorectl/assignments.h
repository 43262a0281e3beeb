// NAME=VALUE on the command line, and what a value is.
#pragma once

#include <string>
#include <utility>

#include "google/protobuf/struct.pb.h"

namespace scoregate::scorectl {

/// Name and value. Throws CLI::ValidationError in the option's name where there is no name or no
/// equals sign.
std::pair<std::string, std::string> SplitAssignment(const std::string& option,
                                                    const std::string& text);

/// A parameter reads as JSON would: 1.5, true, false, null; anything else, and "1.5" in quotes, is
/// a string.
google::protobuf::Value ParameterValue(const std::string& text);

}  // namespace scoregate::scorectl
