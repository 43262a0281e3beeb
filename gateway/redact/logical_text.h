// Text as it reads once escapes are undone, with the way back to the bytes that spell it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace scoregate::redact {

/// One character after undoing percent-encoding (of any depth), HTML entities and JSON escapes.
/// Bytes outside ASCII are kept one by one.
struct Unit {
  char c = '\0';
  /// Whether it is spelled \u00XX.
  bool unicode_escape = false;
  /// How often it was percent-encoded: a '&' written %26 does not end a value that began after a
  /// plain '='.
  std::uint8_t level = 0;
  /// How often it was made an entity: 1 for &lt; and 2 for &amp;lt;. An ampersand has none.
  std::uint8_t entity_level = 0;
  /// How many backslashes stand in its spelling.
  std::uint32_t backslashes = 0;
  /// Where its spelling begins in the text.
  std::size_t start = 0;
};

/// Deepest nesting of percent-encoding, and of entities, that is told apart; what lies deeper
/// counts as this deep. Look-ahead passes over deeper text once for each depth, so there is a
/// bound.
inline constexpr std::uint8_t kMaxDepth = 4;

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
  char CharAt(std::size_t index) const {
    ++reads_;
    if (index >= size()) return '\0';
    return units_.empty() ? text_[index] : units_[index].c;
  }

  /// How often At was called: the work done on this text.
  std::size_t reads() const { return reads_; }

 private:
  void ReadPercent();
  void ReadEntity();
  void Push(Unit unit, std::size_t length);
  void JoinBackslashes();
  std::size_t JoinedAt(std::size_t first, Unit& joined) const;

  std::string_view text_;
  /// While reading: where the next unit begins.
  std::size_t position_ = 0;
  std::vector<Unit> units_;
  mutable std::size_t reads_ = 0;
};

}  // namespace scoregate::redact
