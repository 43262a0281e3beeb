// Splits targets and matches paths.
#include "gateway/emulator/target.h"

#include <algorithm>

namespace scoregate::emulator {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = Lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string Decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = high >= 0 ? HexValue(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// Takes the part in front of `separator` off `rest`.
std::string_view NextPart(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

std::optional<std::string_view> Target::Find(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (SameIgnoringCase(key, name)) return value;
  }
  return std::nullopt;
}

Target ParseTarget(std::string_view text) {
  if (const auto scheme = text.find("://"); !text.starts_with('/') && scheme != text.npos) {
    text.remove_prefix(std::min(text.find('/', scheme + 3), text.size()));
  }
  Target target;
  target.path = NextPart(text, '?');
  if (!target.path.starts_with('/')) target.path.insert(0, 1, '/');
  text = text.substr(0, text.find('#'));
  while (!text.empty()) {
    std::string_view value = NextPart(text, '&');
    const std::string_view name = NextPart(value, '=');
    target.query.emplace_back(Decode(name), Decode(value));
  }
  return target;
}

bool PathFits(std::string_view pattern, std::string_view path) {
  pattern.remove_prefix(1);
  path.remove_prefix(1);
  while (!pattern.empty()) {
    const std::string_view expected = NextPart(pattern, '/');
    if (expected == "**") return true;
    const std::string_view segment = NextPart(path, '/');
    if (expected == "*" ? segment.empty() : segment != expected) return false;
  }
  return path.empty();
}

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace scoregate::emulator
