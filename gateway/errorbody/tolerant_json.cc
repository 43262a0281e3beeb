// The loop that reads tolerantly, one token after the other.
#include "gateway/errorbody/tolerant_json.h"

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "gateway/errorbody/json/json_token.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

// The kinds of all open arrays and objects, one bit each: 200,000 brackets are 25 KB.
class KindStack {
 public:
  void Push(bool object) {
    if (size_ % 64 == 0) words_.push_back(0);
    if (object) words_.back() |= std::uint64_t{1} << (size_ % 64);
    ++size_;
    objects_ += object ? 1 : 0;
  }

  void Pop() {
    objects_ -= TopIsObject() ? 1 : 0;
    --size_;
    words_[size_ / 64] &= ~(std::uint64_t{1} << (size_ % 64));
    if (size_ % 64 == 0) words_.pop_back();
  }

  bool TopIsObject() const { return (words_.back() >> ((size_ - 1) % 64) & 1) != 0; }
  bool Holds(bool object) const { return (object ? objects_ : size_ - objects_) > 0; }
  std::size_t size() const { return size_; }

 private:
  absl::InlinedVector<std::uint64_t, 2> words_;
  std::size_t size_ = 0;
  std::size_t objects_ = 0;
};

// The text of a string whose inside this is.
std::string StringText(std::string_view inside, bool plain, std::size_t limit) {
  if (!plain) return Unescaped(inside, limit);
  if (inside.size() <= limit) return std::string(inside);
  return std::string(WithoutCutWord(inside.substr(0, limit)));
}

}  // namespace

// Reads one text into a tree.
class JsonReader {
 public:
  JsonReader(std::string_view text, JsonLimits limits, JsonTree& tree)
      : text_(text), limits_(limits), tree_(tree), nodes_(tree.nodes_) {
    limits_.depth = std::min(limits_.depth, kMaxJsonDepth);
    constexpr std::size_t kBytesPerNode = 32;
    nodes_.reserve(std::min<std::size_t>(limits_.nodes, text.size() / kBytesPerNode + 4));
  }

  void Run() {
    while (next_ != Next::kNothing) {
      SkipBlanks();
      if (at_ >= text_.size()) break;
      switch (next_) {
        case Next::kValue:
        case Next::kFirstValue:
          ReadValue();
          break;
        case Next::kKey:
        case Next::kFirstKey:
          ReadKey();
          break;
        case Next::kColon:
          ReadColon();
          break;
        case Next::kSeparator:
          ReadSeparator();
          break;
        case Next::kNothing:
          break;
      }
    }
    // A value that the end of the text cut off.
    if (next_ != Next::kNothing) tree_.exact_ = false;
    while (open_.size() > 0) Close(false);
    SkipBlanks();
    tree_.trailing_ = at_ < text_.size();
    if (tree_.trailing_) tree_.exact_ = false;
  }

 private:
  enum class Next { kValue, kFirstValue, kKey, kFirstKey, kColon, kSeparator, kNothing };

  struct Frame {
    std::uint32_t node;
    std::uint32_t last_child;
  };

  void SkipBlanks() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }

  void Tolerate() { tree_.exact_ = false; }

  // The node for a value that begins here, or null where it is not kept.
  JsonTree::Node* Keep(JsonKind kind) {
    if (frames_in_use_ != open_.size()) return nullptr;
    if (open_.size() == 0) {
      nodes_.emplace_back();
    } else {
      Frame& frame = frames_[frames_in_use_ - 1];
      JsonTree::Node& parent = nodes_[frame.node];
      ++parent.count;
      if (parent.count > limits_.children || nodes_.size() >= limits_.nodes) return nullptr;
      // An array's elements have no names.
      if (parent.kind == JsonKind::kObject) {
        parent.marks |= plain_key_ ? MarkOf(key_) : kAnyName;
      }
      const auto index = static_cast<std::uint32_t>(nodes_.size());
      (frame.last_child == 0 ? parent.first : nodes_[frame.last_child].next) = index;
      frame.last_child = index;
      nodes_.emplace_back();
    }
    JsonTree::Node& node = nodes_.back();
    node.kind = kind;
    if (open_.size() > 0 && open_.TopIsObject()) {
      node.key = key_;
      node.plain_key = plain_key_;
    }
    return &node;
  }

  void AfterValue() { next_ = open_.size() == 0 ? Next::kNothing : Next::kSeparator; }

  void Open(bool object) {
    JsonTree::Node* node = Keep(object ? JsonKind::kObject : JsonKind::kArray);
    const bool keep_inside = node != nullptr && frames_in_use_ < limits_.depth;
    if (node != nullptr) {
      node->text = text_.substr(at_);
      // Of what stands too deep, the text is still there.
      node->finished = false;
    }
    if (keep_inside) {
      frames_[frames_in_use_++] = {static_cast<std::uint32_t>(nodes_.size() - 1), 0};
    } else if (node != nullptr) {
      cut_node_ = static_cast<std::uint32_t>(nodes_.size() - 1);
      cut_depth_ = open_.size();
    }
    open_.Push(object);
    ++at_;
    next_ = object ? Next::kFirstKey : Next::kFirstValue;
  }

  // Ends the innermost array or object; `finished` where a bracket did and not the text's end.
  void Close(bool finished) {
    std::uint32_t node = kNoNode;
    if (frames_in_use_ == open_.size()) {
      node = frames_[--frames_in_use_].node;
    } else if (open_.size() == cut_depth_ + 1) {
      node = std::exchange(cut_node_, kNoNode);
    }
    open_.Pop();
    if (node != kNoNode && finished) {
      JsonTree::Node& closed = nodes_[node];
      closed.text = closed.text.substr(
          0, static_cast<std::size_t>(text_.data() + at_ + 1 - closed.text.data()));
      closed.finished = true;
    }
    AfterValue();
  }

  // At a closing bracket. One of the wrong kind ends everything up to its own kind, or nothing.
  void ReadCloser(bool object) {
    if (!open_.Holds(object)) {
      Tolerate();
    } else {
      while (open_.TopIsObject() != object) {
        Tolerate();
        Close(false);
      }
      Close(true);
    }
    ++at_;
  }

  void ReadValue() {
    const char c = text_[at_];
    switch (c) {
      case '{':
      case '[':
        Open(c == '{');
        return;
      case ']':
      case '}':
        // `[1,]` is tolerated, `[]` is JSON.
        if (next_ != Next::kFirstValue) Tolerate();
        ReadCloser(c == '}');
        return;
      case ',':
        Tolerate();
        // A name without a value is dropped, an element that is missing passed over.
        if (open_.size() > 0 && open_.TopIsObject()) {
          next_ = Next::kSeparator;
        } else {
          ++at_;
        }
        return;
      case ':':
        Tolerate();
        ++at_;
        return;
      default:
        break;
    }
    if (const std::size_t prefix = QuotePrefix(text_, at_); prefix != kNoQuote) {
      ReadString(prefix);
    } else {
      ReadBareWord();
    }
    AfterValue();
  }

  void ReadString(std::size_t prefix) {
    const StringToken token = TakeString(prefix);
    if (JsonTree::Node* node = Keep(JsonKind::kString)) {
      node->text = token.inside;
      node->plain_text = token.plain;
      node->finished = token.finished;
    }
  }

  StringToken TakeString(std::size_t prefix) {
    const StringToken token = ScanString(text_, at_ + prefix);
    at_ = token.end;
    if (prefix != 0 || !token.exact) Tolerate();
    return token;
  }

  void ReadBareWord() {
    const WordToken token = ScanWord(text_, at_);
    at_ = token.end;
    if (!token.exact) Tolerate();
    if (JsonTree::Node* node = Keep(token.kind)) {
      node->text = token.text;
      node->plain_text = token.kind != JsonKind::kOther;
      // A number at the very end of a cut text may have been longer.
      node->finished = at_ < text_.size() || open_.size() == 0;
    }
  }

  void ReadKey() {
    const char c = text_[at_];
    if (c == '}' || c == ']') {
      if (next_ != Next::kFirstKey) Tolerate();
      ReadCloser(c == '}');
      return;
    }
    if (c == ',' || c == ':' || c == '{' || c == '[') {
      // A doubled brace is what a formatter left behind.
      Tolerate();
      ++at_;
      return;
    }
    if (const std::size_t prefix = QuotePrefix(text_, at_); prefix != kNoQuote) {
      const StringToken token = TakeString(prefix);
      key_ = token.inside;
      plain_key_ = token.plain;
    } else {
      const WordToken token = ScanWord(text_, at_);
      Tolerate();
      at_ = token.end;
      key_ = token.text;
      plain_key_ = false;
    }
    next_ = Next::kColon;
  }

  void ReadColon() {
    const char c = text_[at_];
    if (c == ':') {
      ++at_;
      next_ = Next::kValue;
      return;
    }
    Tolerate();
    // A name without a value is dropped.
    const bool ended = c == ',' || c == '}' || c == ']';
    next_ = ended ? Next::kSeparator : Next::kValue;
  }

  void ReadSeparator() {
    const char c = text_[at_];
    if (c == '}' || c == ']') {
      ReadCloser(c == '}');
      return;
    }
    next_ = open_.TopIsObject() ? Next::kKey : Next::kValue;
    if (c == ',') {
      ++at_;
    } else {
      Tolerate();
    }
  }

  static constexpr std::uint32_t kNoNode = ~std::uint32_t{0};

  std::string_view text_;
  JsonLimits limits_;
  JsonTree& tree_;
  JsonTree::Nodes& nodes_;
  std::size_t at_ = 0;
  Next next_ = Next::kValue;
  KindStack open_;
  // Those of the open ones that are kept: always the outermost.
  std::array<Frame, kMaxJsonDepth> frames_;
  std::size_t frames_in_use_ = 0;
  // The kept container whose inside is too deep to be kept, and how many are open around it.
  std::uint32_t cut_node_ = kNoNode;
  std::size_t cut_depth_ = 0;
  std::string_view key_;
  bool plain_key_ = true;
};

JsonTree::JsonTree(std::string_view text, JsonLimits limits) {
  JsonReader(text, limits, *this).Run();
}

JsonValue JsonTree::root() const {
  return nodes_.empty() ? JsonValue() : JsonValue(this, 0);
}

// Apart, because there is hardly one, and members are looked for very often.
bool JsonTree::Node::IsEscapedKey(std::string_view name) const {
  // One byte more than the name shows that a key is longer.
  return Unescaped(key, name.size() + 4) == name;
}

JsonValue JsonValue::Member(std::string_view name) const {
  const JsonTree::Node* nodes = tree_->nodes_.data();
  for (std::uint32_t i = nodes[index_].first; i != 0; i = nodes[i].next) {
    const bool equal = nodes[i].plain_key ? nodes[i].key == name : nodes[i].IsEscapedKey(name);
    if (equal) return {tree_, i};
  }
  return {};
}

JsonValue JsonValue::first() const {
  if (tree_ == nullptr || tree_->nodes_[index_].first == 0) return {};
  return {tree_, tree_->nodes_[index_].first};
}

JsonValue JsonValue::next() const {
  if (tree_ == nullptr || tree_->nodes_[index_].next == 0) return {};
  return {tree_, tree_->nodes_[index_].next};
}

std::uint32_t JsonValue::count() const {
  return tree_ == nullptr ? 0 : tree_->nodes_[index_].count;
}

std::string JsonValue::Key(std::size_t limit) const {
  if (tree_ == nullptr) return {};
  const JsonTree::Node& node = tree_->nodes_[index_];
  return StringText(node.key, node.plain_key, limit);
}

std::string JsonValue::Text(std::size_t limit) const {
  if (tree_ == nullptr) return {};
  const JsonTree::Node& node = tree_->nodes_[index_];
  if (node.kind != JsonKind::kString) return Repaired(node.text, limit);
  return StringText(node.text, node.plain_text, limit);
}

std::string_view JsonValue::raw() const {
  return tree_ == nullptr ? std::string_view() : tree_->nodes_[index_].text;
}

bool JsonValue::finished() const {
  return tree_ != nullptr && tree_->nodes_[index_].finished;
}

}  // namespace scoregate::errorbody
