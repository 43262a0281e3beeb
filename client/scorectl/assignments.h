// NAME=VALUE on the command line, and what a value is.
#pragma once

#include <google/protobuf/map.h>

#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/struct.pb.h"

namespace scoregate::scorectl {

using Assignment = std::pair<std::string, std::string>;
using Parameters = google::protobuf::Map<std::string, google::protobuf::Value>;

/// Names and values, as they were given. Throws CLI::ValidationError in the option's name where one
/// has no name or no equals sign, where a name is not UTF-8, and where one stands twice.
std::vector<Assignment> ReadAssignments(const std::string& option,
                                        const std::vector<std::string>& texts);

/// What stands behind --parameter. Throws as ReadAssignments and ParameterValue.
Parameters ReadParameters(const std::vector<std::string>& texts);

/// A value that is JSON is what JSON says: 1.5, true, null, "1.5", [1,2], {"a":1}. Any other is a
/// text, but one that begins as JSON does (`[`, `{`, `"`) has to be JSON: a slip of the finger is
/// far likelier there than such a text. Throws CLI::ValidationError in the option's name then, and
/// where JSON is too deep or a number too large to be sent.
google::protobuf::Value ParameterValue(const std::string& option, const std::string& text);

}  // namespace scoregate::scorectl
