// What a person at a terminal sees of long work.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace scoregate::scorectl {

/// How far `done` bytes are of a file of `size` bytes, 0 to 1; nothing where the size is not known.
std::optional<double> ShareDone(std::size_t done, std::optional<std::size_t> size);

/// "[#####---------------]  25%  1200 rows scored", without a line's end; without a share the rows
/// alone.
std::string ProgressLine(std::optional<double> share, std::size_t rows);

}  // namespace scoregate::scorectl
