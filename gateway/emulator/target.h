// The target of a request, taken apart: path and query.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::emulator {

/// A path and its query. Of an absolute-form target (RFC 9112, 3.2.2) host and scheme are dropped.
struct Target {
  /// As it came, always with a slash in front.
  std::string path;
  /// Names and values, percent-decoded, in order.
  std::vector<std::pair<std::string, std::string>> query;

  /// The first value of that name, in any case of letters; nothing where it is missing.
  std::optional<std::string_view> Find(std::string_view name) const;
};

/// Takes any text; what is not a valid escape stands for itself.
Target ParseTarget(std::string_view text);

/// True where `path` fits: `*` in the pattern stands for one segment that is not empty, `**` at its
/// end for whatever follows.
bool PathFits(std::string_view pattern, std::string_view path);

/// Compares ASCII letters without regard to case.
bool SameIgnoringCase(std::string_view a, std::string_view b);

}  // namespace scoregate::emulator
