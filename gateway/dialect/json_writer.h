// Writes JSON values to the end of a string, the members of maps in one order.
#pragma once

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "google/protobuf/struct.pb.h"

namespace scoregate::dialect {

/// A string in quotes, escaped where JSON asks for it and nowhere else. The text is UTF-8.
void AppendJsonString(std::string& out, std::string_view text);

void AppendJsonInt(std::string& out, std::int64_t value);

/// The shortest text that reads back as the same number, but for whole numbers up to 2^53, which
/// have all of their digits: 1000000 is one for readers of integers, and 1e+06 is none. The value
/// is finite.
void AppendJsonDouble(std::string& out, double value);

/// A value of at most kMaxParameterDepth levels; the keys of objects in bytewise order, so that
/// equal values give equal bytes. Every number is finite and every kind is set.
void AppendJsonValue(std::string& out, const google::protobuf::Value& value);

/// The keys of a protobuf map in bytewise order, so that equal requests give equal bytes. The
/// result points into the map.
template <typename Map>
auto SortedMembers(const Map& map) {
  // Maps are mostly small: requests have few inputs and parameters.
  absl::InlinedVector<const typename Map::value_type*, 8> members;
  members.reserve(map.size());
  for (const auto& member : map) members.push_back(&member);
  if (members.size() > 1) {
    std::ranges::sort(members, {},
                      [](const auto* member) { return std::string_view(member->first); });
  }
  return members;
}

/// Levels of lists and objects that a global parameter may have.
inline constexpr int kMaxParameterDepth = 32;

}  // namespace scoregate::dialect
