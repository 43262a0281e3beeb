// Escapes strings (RFC 8259, 7) and prints numbers.
#include "gateway/emulator/json_text.h"

#include <simdjson.h>

#include <array>
#include <charconv>

namespace scoregate::emulator {
namespace {

constexpr std::size_t kExcerptBytes = 80;
constexpr std::string_view kHex = "0123456789abcdef";

void AppendEscaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  switch (c) {
    case '"':
    case '\\':
      out += '\\';
      out += c;
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
  }
  if (byte >= 0x20) {
    out += c;
    return;
  }
  out += "\\u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 0xF];
}

}  // namespace

void AppendQuoted(std::string& out, std::string_view text) {
  const bool valid = simdjson::validate_utf8(text.data(), text.size());
  out += '"';
  for (const char c : text) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    AppendEscaped(out, ascii || valid ? c : '?');
  }
  out += '"';
}

std::string Quoted(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  AppendQuoted(out, text);
  return out;
}

std::string Excerpt(std::string_view text) {
  if (text.size() <= kExcerptBytes) return std::string(text);
  std::string out;
  out.reserve(kExcerptBytes + 3);
  out.append(text.substr(0, kExcerptBytes));
  out.append("...");
  return out;
}

std::string NumberText(double number) {
  std::array<char, 32> buffer;  // The longest shortest form of a double has 24 characters.
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return std::string(buffer.data(), end);
}

}  // namespace scoregate::emulator
