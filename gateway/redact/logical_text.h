// Text as it reads once escapes are undone, with the way back to the bytes that spell it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace scoregate::redact {

/// How a character is spelled. Backslashes before a quote belong to the quote.
enum class Spelling : std::uint8_t { kPlain, kPercent, kBackslash, kUnicodeEscape, kEntity };

/// One character after undoing percent-encoding (of any depth), JSON escapes and HTML entities.
/// Bytes outside ASCII are kept one by one.
struct Unit {
  char c = '\0';
  Spelling spelling = Spelling::kPlain;
  /// Percent-encoding: how often it was applied. Backslash spellings: how many backslashes.
  std::uint32_t depth = 0;
  /// Where its spelling begins in the text.
  std::size_t start = 0;

  /// How deep in percent-encoding the character is: a '&' written %26 does not end a value that
  /// began after a plain '='.
  std::uint32_t level() const { return spelling == Spelling::kPercent ? depth : 0; }
};

/// Deepest percent-encoding that is told apart; what lies deeper counts as this deep.
inline constexpr std::uint32_t kMaxPercentDepth = 4;

/// A view of text as units. Costs no memory where the text has no escapes.
class LogicalText {
 public:
  /// The text must outlive this object.
  explicit LogicalText(std::string_view text);

  std::size_t size() const { return units_.empty() ? text_.size() : units_.size(); }

  /// The unit at `index`; past the end, a plain '\0' that begins where the text ends.
  Unit At(std::size_t index) const {
    ++reads_;
    if (index >= size()) return Unit{.start = text_.size()};
    return units_.empty() ? Unit{.c = text_[index], .start = index} : units_[index];
  }
  char CharAt(std::size_t index) const { return At(index).c; }

  /// How often At was called: the work done on this text.
  std::size_t reads() const { return reads_; }

 private:
  void ReadPercent();
  void ReadBackslashes();
  void ReadEntity();
  void Push(char c, std::size_t length, Spelling spelling = Spelling::kPlain,
            std::uint32_t depth = 0);

  std::string_view text_;
  /// While reading: where the next unit begins.
  std::size_t position_ = 0;
  std::vector<Unit> units_;
  mutable std::size_t reads_ = 0;
};

}  // namespace scoregate::redact
