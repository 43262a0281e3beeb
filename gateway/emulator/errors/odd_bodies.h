// Error answers that no page documents, each by a name of its own.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace scoregate::emulator {

struct OddBody {
  /// Without the "shape/" that it is raised by.
  std::string_view name;
  int status;
  /// Header lines "name: value", one a line.
  std::string_view headers;
  std::string_view body;
  /// What it is, for the list.
  std::string_view about;
};

std::span<const OddBody> OddBodies();

/// Null where none has that name.
const OddBody* FindOddBody(std::string_view name);

/// Everything that can be raised, as a page to read.
std::string RaiseList();

}  // namespace scoregate::emulator
