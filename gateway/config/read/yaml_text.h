// What a file's bytes tell before, and where, a YAML reader fails on them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace scoregate::config {

/// A place in a text, counted from 1; the column in bytes.
struct TextPlace {
  int line = 1;
  int column = 1;
};

TextPlace PlaceOf(std::string_view text, std::size_t byte);

/// The first byte that is not UTF-8; nothing where all are.
std::optional<std::size_t> FirstBadByte(std::string_view text);

/// The first quote that begins a value and is not closed in its line. The YAML reader takes what
/// follows for a part of the value, up to the file's end.
std::optional<std::size_t> FirstOpenQuote(std::string_view text);

/// The first tab that indents a line, of which only the first `lines` are looked at.
std::optional<std::size_t> FirstIndentingTab(std::string_view text, int lines);

}  // namespace scoregate::config
