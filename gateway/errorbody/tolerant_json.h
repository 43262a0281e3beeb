// The tolerant reader: gets a tree out of anything that was once meant to be JSON, and says whether
// it was JSON. Used for error bodies, and to judge whether an answer is a success.
//
// It takes what upstreams really send: single quotes, True, False and None, NaN and infinities,
// trailing commas, `\'`, raw control characters in strings, bad UTF-8, lone surrogates, doubled
// braces, a tail that was cut off. Whatever was read stands. It has no error case.
//
// Iterative and linear in the text's length; a list of nodes and one bit a level are its memory.
// The tree and its values view the text, which must outlive them.
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/errorbody/json/name_marks.h"

namespace scoregate::errorbody {

/// kOther: a bare word that JSON does not know.
enum class JsonKind : std::uint8_t {
  kNull,
  kFalse,
  kTrue,
  kNumber,
  kString,
  kArray,
  kObject,
  kOther
};

/// Levels that can be kept; what stands deeper is read but not kept.
inline constexpr std::uint32_t kMaxJsonDepth = 64;

/// What is kept of a text. Everything beyond is read, counted and dropped.
struct JsonLimits {
  /// Levels of arrays and objects, at most kMaxJsonDepth.
  std::uint32_t depth = kMaxJsonDepth;
  /// Elements of one array, or members of one object.
  std::uint32_t children = 256;
  /// Values in all.
  std::uint32_t nodes = 8192;
};

class JsonTree;

/// A value of a tree, or none. Cheap to copy. Every question may be asked of none.
class JsonValue {
 public:
  JsonValue() = default;

  explicit operator bool() const { return tree_ != nullptr; }
  bool Is(JsonKind kind) const;
  bool IsString() const { return Is(JsonKind::kString); }
  bool IsNumber() const { return Is(JsonKind::kNumber); }
  bool IsArray() const { return Is(JsonKind::kArray); }
  bool IsObject() const { return Is(JsonKind::kObject); }
  /// None, or null.
  bool IsNothing() const { return tree_ == nullptr || Is(JsonKind::kNull); }

  /// The member of that name, compared byte for byte; of several the first, since that one stands
  /// in a body whose tail was cut as well. None where this is no object or has none.
  JsonValue operator[](std::string_view name) const;
  /// The first element or member that was kept, and the one after this.
  JsonValue first() const;
  JsonValue next() const;
  /// How many elements or members there are, kept or not.
  std::uint32_t count() const;

  /// The member's own name, in at most `limit` bytes.
  std::string Key(std::size_t limit) const;
  /// A string's characters, any other value's own text, as UTF-8 in at most `limit` bytes; empty
  /// for none.
  std::string Text(std::size_t limit) const;
  /// The value as it stands in the text; a string without its quotes.
  std::string_view raw() const;
  /// False where the text ended before the value did.
  bool finished() const;

 private:
  friend class JsonTree;
  JsonValue(const JsonTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
  JsonValue Member(std::string_view name) const;

  const JsonTree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

class JsonTree {
 public:
  /// Reads the value at the beginning of `text`, blanks before it aside.
  explicit JsonTree(std::string_view text, JsonLimits limits = {});
  // A value points at its tree.
  JsonTree(const JsonTree&) = delete;
  JsonTree& operator=(const JsonTree&) = delete;

  /// None where the text holds nothing but blanks.
  JsonValue root() const;

  /// Whether the whole text is one value by RFC 8259, bare NaN, Infinity and -Infinity allowed.
  /// Does not look whether strings are valid UTF-8.
  bool exact() const { return exact_; }
  /// Whether something but blanks follows the value.
  bool trailing() const { return trailing_; }

 private:
  friend class JsonValue;
  friend class JsonReader;

  struct Node {
    std::string_view key;
    std::string_view text;
    NameMarks marks = 0;      // Of the names of its members.
    std::uint32_t first = 0;  // 0 for none: the root is nobody's child.
    std::uint32_t next = 0;
    std::uint32_t count = 0;
    JsonKind kind = JsonKind::kNull;
    bool plain_key = true;  // Plain: ASCII without a backslash.
    bool plain_text = true;
    bool finished = true;

    bool IsEscapedKey(std::string_view name) const;
  };

  /// An ordinary error body has a dozen, which cost no allocation.
  using Nodes = absl::InlinedVector<Node, 16>;

  Nodes nodes_;
  bool exact_ = true;
  bool trailing_ = false;
};

inline bool JsonValue::Is(JsonKind kind) const {
  return tree_ != nullptr && tree_->nodes_[index_].kind == kind;
}

inline JsonValue JsonValue::operator[](std::string_view name) const {
  const bool may_have = tree_ != nullptr && (tree_->nodes_[index_].marks & MarkOf(name)) != 0;
  return may_have ? Member(name) : JsonValue();
}

}  // namespace scoregate::errorbody
