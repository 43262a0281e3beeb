// Redaction that tells how much work it was, so that a test can hold it to linear work.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scoregate::redact {

struct CountedRedaction {
  std::string text;
  /// How often a character was looked at.
  std::size_t reads = 0;
};

/// As Redact.
CountedRedaction RedactCounted(std::string_view text);

}  // namespace scoregate::redact
