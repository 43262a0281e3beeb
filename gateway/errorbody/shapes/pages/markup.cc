// The scanner behind pages and XML errors.
#include "gateway/errorbody/shapes/pages/markup.h"

#include <algorithm>
#include <array>

#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

constexpr std::string_view kCommentStart = "<!--";
constexpr std::string_view kCdataStart = "<![CDATA[";

bool EndsName(char c) {
  return IsSpace(c) || c == '>' || c == '/';
}

// Whether `at` is the start of a tag of that name; "/title" asks for an end tag.
bool IsTagAt(std::string_view markup, std::size_t at, std::string_view name) {
  const std::string_view tag = markup.substr(at + 1, name.size());
  const std::size_t end = at + 1 + name.size();
  return EqualsIgnoringCase(tag, name) && (end >= markup.size() || EndsName(markup[end]));
}

// Where the tag of that name begins, at or behind `from`; the size where there is none.
std::size_t FindTag(std::string_view markup, std::size_t from, std::string_view name) {
  for (std::size_t at = markup.find('<', from); at < markup.size(); at = markup.find('<', at + 1)) {
    if (IsTagAt(markup, at, name)) return at;
  }
  return markup.size();
}

// Behind the first `closer` at or behind `from`; the size where there is none.
std::size_t Behind(std::string_view markup, std::size_t from, std::string_view closer) {
  const std::size_t found = markup.find(closer, from);
  return found == markup.npos ? markup.size() : found + closer.size();
}

struct Entity {
  std::string_view name;
  char32_t character;
};

constexpr std::array<Entity, 8> kEntities = {{{"lt", '<'},
                                              {"gt", '>'},
                                              {"amp", '&'},
                                              {"quot", '"'},
                                              {"apos", '\''},
                                              {"nbsp", ' '},
                                              {"copy", 0xA9},
                                              {"mdash", 0x2014}}};

// The character of an entity's inside such as "lt", "#39" or "#x27"; 0 for an unknown one.
char32_t EntityCharacter(std::string_view name) {
  for (const Entity& entity : kEntities) {
    if (name == entity.name) return entity.character;
  }
  if (!name.starts_with('#')) return 0;
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  char32_t number = 0;
  for (char c : name) {
    const int digit = HexDigit(c);
    if (digit < 0 || (!hex && digit > 9) || number > 0x10FFFF) return 0;
    number = number * (hex ? 16 : 10) + static_cast<char32_t>(digit);
  }
  return number;
}

// Collects characters, with one blank for any run of them and none at the ends.
class TextCollector {
 public:
  explicit TextCollector(std::size_t limit) : limit_(limit) {}

  void Blank() { blank_ = true; }

  void Characters(std::string_view piece) {
    while (!piece.empty() && !full_) {
      if (IsSpace(piece.front())) {
        Blank();
        piece.remove_prefix(1);
        continue;
      }
      const std::size_t end = std::min(piece.find_first_of(" \t\n\r"), piece.size());
      FlushBlank();
      full_ = full_ || !AppendRepaired(text_, piece.substr(0, end), limit_);
      piece.remove_prefix(end);
    }
  }

  void Character(char32_t character) {
    if (character == ' ') {
      Blank();
      return;
    }
    FlushBlank();
    full_ = full_ || !AppendCodePoint(text_, character, limit_);
  }

  bool full() const { return full_; }
  std::string Take() {
    if (full_) text_.resize(WithoutCutWord(text_).size());
    return std::move(text_);
  }

 private:
  void FlushBlank() {
    if (blank_ && !text_.empty()) full_ = full_ || !AppendCodePoint(text_, ' ', limit_);
    blank_ = false;
  }

  std::string text_;
  std::size_t limit_;
  bool blank_ = false;
  bool full_ = false;
};

// Past the tag, comment, script or style that begins at `at`; CDATA's inside goes to the text.
std::size_t SkipTag(std::string_view markup, std::size_t at, TextCollector& text) {
  const std::string_view rest = markup.substr(at);
  if (rest.starts_with(kCommentStart)) return Behind(markup, at + kCommentStart.size(), "-->");
  if (rest.starts_with(kCdataStart)) {
    const std::size_t end = std::min(markup.find("]]>", at), markup.size());
    text.Characters(markup.substr(at + kCdataStart.size(), end - at - kCdataStart.size()));
    return Behind(markup, at, "]]>");
  }
  text.Blank();
  for (std::string_view name : {"script", "style"}) {
    if (!IsTagAt(markup, at, name)) continue;
    const std::string end_tag = "/" + std::string(name);
    return Behind(markup, FindTag(markup, at + 1, end_tag), ">");
  }
  return Behind(markup, at, ">");
}

// What stands behind blanks, comments and XML's own instructions.
std::string_view WithoutAsides(std::string_view markup) {
  while (true) {
    markup = Trimmed(markup);
    if (markup.starts_with(kCommentStart)) {
      markup.remove_prefix(Behind(markup, kCommentStart.size(), "-->"));
    } else if (markup.starts_with("<?")) {
      markup.remove_prefix(Behind(markup, 0, ">"));
    } else {
      return markup;
    }
  }
}

}  // namespace

std::optional<std::string_view> ElementInside(std::string_view markup, std::string_view name) {
  const std::size_t start = FindTag(markup, 0, name);
  if (start == markup.size()) return std::nullopt;
  const std::size_t begin = Behind(markup, start, ">");
  if (begin >= 2 && markup.substr(begin - 2, 2) == "/>") return markup.substr(begin, 0);
  const std::size_t end = FindTag(markup, begin, "/" + std::string(name));
  return markup.substr(begin, end - begin);
}

std::string MarkupText(std::string_view markup, std::size_t limit) {
  TextCollector text(limit);
  std::size_t at = 0;
  while (at < markup.size() && !text.full()) {
    const char c = markup[at];
    if (c == '<') {
      at = SkipTag(markup, at, text);
      continue;
    }
    if (c == '&') {
      constexpr std::size_t kLongestEntity = 10;
      const std::size_t end = markup.substr(at, kLongestEntity).find(';');
      const char32_t character =
          end == markup.npos ? 0 : EntityCharacter(markup.substr(at + 1, end - 1));
      text.Character(character == 0 ? U'&' : character);
      at += character == 0 ? 1 : end + 1;
      continue;
    }
    const std::size_t end = std::min(markup.find_first_of("<&", at), markup.size());
    text.Characters(markup.substr(at, end - at));
    at = end;
  }
  return text.Take();
}

std::string_view WithoutProlog(std::string_view markup) {
  markup = WithoutAsides(markup);
  while (markup.starts_with("<!")) {
    markup.remove_prefix(Behind(markup, 0, ">"));
    markup = WithoutAsides(markup);
  }
  return markup;
}

bool BeginsHtml(std::string_view markup) {
  constexpr std::string_view kDoctype = "<!doctype html";
  markup = WithoutAsides(markup);
  return EqualsIgnoringCase(markup.substr(0, kDoctype.size()), kDoctype) ||
         (markup.starts_with('<') && IsTagAt(markup, 0, "html"));
}

bool StartsWithTag(std::string_view markup, std::string_view name) {
  return markup.starts_with('<') && markup.substr(1).starts_with(name) && IsTagAt(markup, 0, name);
}

}  // namespace scoregate::errorbody
