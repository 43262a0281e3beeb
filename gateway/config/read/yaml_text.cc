#include "gateway/config/read/yaml_text.h"

#include <algorithm>

namespace scoregate::config {
namespace {

constexpr std::string_view kBlanks = " \t";

// One line after the other, each without its end.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  bool Next() {
    if (next_ >= text_.size()) return false;
    begin_ = next_;
    const std::size_t end = std::min(text_.find('\n', begin_), text_.size());
    next_ = end + 1;
    line_ = text_.substr(begin_, end - begin_);
    return true;
  }
  std::string_view line() const { return line_; }
  std::size_t begin() const { return begin_; }

 private:
  std::string_view text_;
  std::string_view line_;
  std::size_t begin_ = 0;
  std::size_t next_ = 0;
};

std::size_t IndentOf(std::string_view line) {
  return std::min(line.find_first_not_of(kBlanks), line.size());
}

// Whether the lines below are a text as it stands: `key: |` or `- >-`.
bool OpensBlock(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r+-0123456789");
  if (last == line.npos || (line[last] != '|' && line[last] != '>')) return false;
  return last == 0 || line[last - 1] == ' ';
}

// Where the text in quotes that begins at `begin` ends; nothing where the line ends first.
std::optional<std::size_t> CloseOf(std::string_view line, std::size_t begin) {
  const char quote = line[begin];
  for (std::size_t i = begin + 1; i < line.size(); ++i) {
    if (quote == '"' && line[i] == '\\') {
      ++i;
    } else if (line[i] == quote) {
      // Two single quotes are one that is meant.
      const bool twice = quote == '\'' && i + 1 < line.size() && line[i + 1] == quote;
      if (!twice) return i;
      ++i;
    }
  }
  return std::nullopt;
}

// Walks over a line by what may begin a value in it.
class ValueWalk {
 public:
  // The quote of this line that is not closed in it.
  std::optional<std::size_t> OpenQuote(std::string_view line) {
    bool at_start = true;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (kBlanks.find(c) != kBlanks.npos) continue;
      const bool after_blank = i == 0 || kBlanks.find(line[i - 1]) != kBlanks.npos;
      if (c == '#' && after_blank) return std::nullopt;
      if (at_start && (c == '"' || c == '\'')) {
        const std::optional<std::size_t> close = CloseOf(line, i);
        if (!close) return i;
        i = *close;
        at_start = false;
      } else {
        at_start = TakeOther(line, i, at_start);
      }
    }
    return std::nullopt;
  }

 private:
  // Whether a value may begin behind this character.
  bool TakeOther(std::string_view line, std::size_t i, bool at_start) {
    const char c = line[i];
    const bool before_blank = i + 1 >= line.size() || kBlanks.find(line[i + 1]) != kBlanks.npos;
    if (at_start && (c == '[' || c == '{')) {
      ++depth_;
      return true;
    }
    if (depth_ > 0 && (c == ']' || c == '}')) {
      --depth_;
      return false;
    }
    if (depth_ > 0 && c == ',') return true;
    if (at_start && c == '-') return before_blank;
    return c == ':' && before_blank;
  }

  int depth_ = 0;  // Of lists and keys in brackets that are open.
};

}  // namespace

TextPlace PlaceOf(std::string_view text, std::size_t byte) {
  TextPlace place;
  for (char c : text.substr(0, byte)) {
    place.column = c == '\n' ? 1 : place.column + 1;
    place.line += c == '\n' ? 1 : 0;
  }
  return place;
}

std::optional<std::size_t> FirstBadByte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    unsigned lead = static_cast<unsigned char>(text[i]);
    std::size_t length = lead < 0x80   ? 1
                         : lead < 0xC2 ? 0
                         : lead < 0xE0 ? 2
                         : lead < 0xF0 ? 3
                         : lead < 0xF5 ? 4
                                       : 0;
    if (length == 0 || i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return i;
    }
    unsigned second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0;
    bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    if (overlong || beyond) return i;
    i += length;
  }
  return std::nullopt;
}

std::optional<std::size_t> FirstOpenQuote(std::string_view text) {
  ValueWalk walk;
  std::optional<std::size_t> block_indent;  // Of the key above a text as it stands.
  for (Lines lines(text); lines.Next();) {
    const std::string_view line = lines.line();
    const bool in_block = block_indent && (IndentOf(line) > *block_indent || line.empty());
    if (in_block) continue;
    block_indent.reset();
    if (auto quote = walk.OpenQuote(line)) return lines.begin() + *quote;
    if (OpensBlock(line)) block_indent = IndentOf(line);
  }
  return std::nullopt;
}

std::optional<std::size_t> FirstIndentingTab(std::string_view text, int lines) {
  int count = 0;
  for (Lines each(text); count < lines && each.Next(); ++count) {
    const std::string_view indent = each.line().substr(0, IndentOf(each.line()));
    const std::size_t tab = indent.find('\t');
    const bool says_something = indent.size() < each.line().size();
    if (tab != indent.npos && says_something) return each.begin() + tab;
  }
  return std::nullopt;
}

}  // namespace scoregate::config
