// A few characters without an allocation: names and words are looked up at every separator.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "gateway/redact/ascii.h"
#include "gateway/redact/secret_names.h"

namespace scoregate::redact {

/// At most kMaxNameCharacters.
class ShortText {
 public:
  /// One more than fit is left out.
  void Add(char c) {
    if (size_ < characters_.size()) characters_[size_++] = c;
  }
  std::string_view view() const { return {characters_.data(), size_}; }

 private:
  // Not set: only what was added is read.
  std::array<char, kMaxNameCharacters> characters_;
  std::size_t size_ = 0;
};

inline ShortText LowerCased(std::string_view text) {
  ShortText lower;
  for (char c : text) lower.Add(LowerCase(c));
  return lower;
}

}  // namespace scoregate::redact
