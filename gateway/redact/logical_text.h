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

/// A view of text as units. Only from the first escape to the last does it cost memory: before and
/// behind, a byte is its own unit.
class LogicalText {
 public:
  /// The text must outlive this object.
  explicit LogicalText(std::string_view text);

  std::size_t size() const { return size_; }

  /// The unit at `index`; past the end, a plain '\0' that begins where the text ends.
  Unit At(std::size_t index) const {
    ++reads_;
    if (index < head_) return Unit{.c = text_[index], .start = index};
    if (index - head_ < units_.size()) return units_[index - head_];
    if (index >= size_) return Unit{.start = text_.size()};
    const std::size_t byte = text_.size() - (size_ - index);
    return Unit{.c = text_[byte], .start = byte};
  }
  char CharAt(std::size_t index) const {
    ++reads_;
    if (index < head_) return text_[index];
    if (index - head_ < units_.size()) return units_[index - head_].c;
    return index < size_ ? text_[text_.size() - (size_ - index)] : '\0';
  }

  /// The first unit at or after `begin` whose character `goes_on` does not take, which must take no
  /// '\0': the end of the text is such a unit.
  template <typename Predicate>
  std::size_t EndOfRun(std::size_t begin, Predicate goes_on) const {
    const std::string_view plain = PlainFrom(begin);
    std::size_t length = 0;
    while (length < plain.size() && goes_on(plain[length])) ++length;
    reads_ += length + 1;
    std::size_t end = begin + length;
    if (length < plain.size()) return end;
    while (goes_on(CharAt(end))) ++end;
    return end;
  }

  /// The bytes from `index` on that are their own units: up to the first escape, or from behind the
  /// last to the end.
  std::string_view PlainFrom(std::size_t index) const {
    if (index < head_) return text_.substr(index, head_ - index);
    if (index < head_ + units_.size() || index >= size_) return {};
    return text_.substr(text_.size() - (size_ - index));
  }

  /// How often a character was looked at: the work done on this text.
  std::size_t reads() const { return reads_; }

 private:
  void ReadPercent();
  void ReadEntity();
  void Push(Unit unit, std::size_t length);
  void JoinBackslashes();
  std::size_t JoinedAt(std::size_t first, Unit& joined) const;

  std::string_view text_;
  /// How many bytes stand before the first escape.
  std::size_t head_ = 0;
  /// While reading: where the next unit begins.
  std::size_t position_ = 0;
  /// The units from the first escape to the last.
  std::vector<Unit> units_;
  std::size_t size_ = 0;
  mutable std::size_t reads_ = 0;
};

}  // namespace scoregate::redact
