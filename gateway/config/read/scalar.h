// One value as people write it becomes one field of a message: durations, sizes, enums and the
// rest.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/config/read/report.h"

namespace scoregate::config {

/// Whole numbers with units ms, s, m or h, largest first: `500ms`, `30s`, `1h`, `1m30s`. Nothing
/// where the text is none, and beyond a year.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

/// What ParseDuration reads back.
std::string FormatDuration(std::chrono::milliseconds duration);

/// Bytes, or a whole number with one of KiB, MiB, GiB, KB, MB, GB.
std::optional<std::uint64_t> ParseBytes(std::string_view text);

/// Whether the field is written as one value: no map, and no message but a Duration.
bool IsScalar(const google::protobuf::FieldDescriptor& field);

/// Sets the field, or adds to it where it is repeated. A uint64 whose name ends in `_bytes` is a
/// size; an enum's value is written in any case. Nothing where it went well.
std::optional<Mistake> SetScalar(google::protobuf::Message& message,
                                 const google::protobuf::FieldDescriptor& field,
                                 std::string_view text);

/// What would be right for the field, such as "true or false".
std::string Expected(const google::protobuf::FieldDescriptor& field);

}  // namespace scoregate::config
