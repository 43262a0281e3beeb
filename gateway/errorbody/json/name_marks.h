// What an object's members are called, at a glance: most names that are looked for are there in no
// body, and the glance spares the look at each member.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scoregate::errorbody {

/// One bit for the size and the ends of each name.
using NameMarks = std::uint64_t;
inline constexpr NameMarks kAnyName = ~NameMarks{0};

/// The bit of one name. Names that share it are told apart where they are compared.
constexpr NameMarks MarkOf(std::string_view name) {
  if (name.empty()) return 1;
  const auto first = static_cast<unsigned char>(name.front());
  const auto last = static_cast<unsigned char>(name.back());
  return NameMarks{1} << (name.size() * 5 + first + last * std::size_t{3}) % 64;
}

}  // namespace scoregate::errorbody
