// YAML text becomes a message of whatever schema; everything that does not fit is reported.
#pragma once

#include <google/protobuf/message.h>

#include <string_view>

#include "gateway/config/read/report.h"

namespace scoregate::config {

/// Fills the empty `message`, places every key that is read, and reports every mistake: keys that
/// the schema lacks, keys there twice, values of a wrong form. What could be read is in the message
/// all the same, so that it can be checked further.
///
/// A list may be written as its one element; anchors and aliases are followed; a key without a
/// value stands for an empty message, list or map. The text is one document, UTF-8, and no longer
/// than kMaxFileBytes.
void ReadYaml(std::string_view text, google::protobuf::Message& message, Report& report);

}  // namespace scoregate::config
