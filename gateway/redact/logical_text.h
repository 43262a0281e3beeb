// Text as it reads once escapes are undone, with the way back to the bytes that spell it.
#pragma once

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

/// Text as units. Their characters stand in a row; what else there is to know of a unit is kept
/// only for those that are not spelled as one plain byte.
class LogicalText {
 public:
  /// The text must outlive this object.
  explicit LogicalText(std::string_view text);
  LogicalText(const LogicalText&) = delete;
  LogicalText& operator=(const LogicalText&) = delete;

  std::size_t size() const { return characters_.size(); }

  /// The unit at `index`; past the end, a plain '\0' that begins where the text ends.
  Unit At(std::size_t index) const {
    if (!escapes_.empty() && index >= escapes_.front().index) return BehindEscape(index);
    return Unit{.c = CharAt(index), .start = std::min(index, text_.size())};
  }
  char CharAt(std::size_t index) const {
    ++reads_;
    return index < characters_.size() ? characters_[index] : '\0';
  }

  /// The characters from `begin` up to `end`, neither of which is past the end.
  std::string_view Characters(std::size_t begin, std::size_t end) const {
    reads_ += end - begin;
    return {characters_.data() + begin, end - begin};
  }

  /// The first unit at or after `begin` whose character `goes_on` does not take, or the end of the
  /// text, or of so many units as are looked at.
  template <typename Predicate>
  std::size_t EndOfRun(std::size_t begin, Predicate goes_on,
                       std::size_t most = std::string_view::npos) const {
    std::size_t end = begin;
    const std::size_t size = characters_.size();
    const std::size_t last = most < size && begin < size - most ? begin + most : size;
    while (end < last && goes_on(characters_[end])) ++end;
    reads_ += end - begin + 1;
    return end;
  }

  /// Where the units up to `end` begin whose characters `belongs` takes, not before `least`.
  template <typename Predicate>
  std::size_t BeginOfRun(std::size_t least, std::size_t end, Predicate belongs) const {
    std::size_t begin = end;
    while (begin > least && belongs(characters_[begin - 1])) --begin;
    reads_ += end - begin + 1;
    return begin;
  }

  /// How often a character was looked at: the work done on this text.
  std::size_t reads() const { return reads_; }

 private:
  /// A unit and one past its spelling.
  struct Spelled {
    Unit unit;
    std::size_t end = 0;
  };
  struct Escape {
    std::size_t index = 0;
    Spelled spelled;
  };

  Spelled Read(std::size_t position) const;
  Spelled ReadPercent(std::size_t position) const;
  Spelled ReadEntity(std::size_t position) const;
  void Undo(std::size_t first);
  void Push(const Spelled& spelled);
  std::size_t PushBackslashes(std::size_t first);
  std::optional<Spelled> Joined(const Unit& backslash, std::size_t position) const;
  std::optional<Spelled> ReadCodePoint(Spelled letter) const;
  Unit BehindEscape(std::size_t index) const;

  std::string_view text_;
  /// Ascending. A URL has a few, which cost no allocation.
  absl::InlinedVector<Escape, 8> escapes_;
  /// Where there are escapes: the characters of all units.
  std::string undone_;
  /// Of `undone_`, or the text itself.
  std::string_view characters_;
  /// The escape that was asked for last: the next question is mostly about the same or the next.
  mutable std::size_t last_escape_ = 0;
  mutable std::size_t reads_ = 0;
};

}  // namespace scoregate::redact
