// --metadata NAME=VALUE: what gRPC calls metadata, and HTTP a header.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace scoregate::scorectl {

/// Names and values as gRPC sends them: the value of a name that ends in "-bin" decoded from
/// base64. Throws CLI::ValidationError for --metadata where a name or value cannot be sent, and
/// where gRPC or another option sets that name.
std::vector<std::pair<std::string, std::string>> ReadMetadata(
    const std::vector<std::string>& texts);

}  // namespace scoregate::scorectl
