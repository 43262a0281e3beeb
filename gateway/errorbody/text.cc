// Repairs UTF-8 and cuts it between characters.
#include "gateway/errorbody/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace scoregate::errorbody {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
// Most of an unbroken text that is dropped where it was cut, in bytes: more than a key of 88
// characters is long, percent-encoded or not.
constexpr std::size_t kMaxCutWord = 128;

// How many bytes at the front are ASCII; eight at a time, since most text is.
std::size_t AsciiRun(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  std::size_t run = 0;
  while (run + sizeof(std::uint64_t) <= bytes.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + run, sizeof(word));
    if ((word & kHighBits) != 0) break;
    run += sizeof(word);
  }
  while (run < bytes.size() && static_cast<unsigned char>(bytes[run]) < 0x80) ++run;
  return run;
}

struct Character {
  std::size_t bytes = 0;
  bool valid = false;
};

// The character that begins here, or the maximal part of one that is broken (Unicode 15, 3.9,
// table 3-7). `bytes` begins with a byte that is not ASCII.
Character FirstCharacter(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  std::size_t length = 0;
  unsigned char lowest = 0x80;
  unsigned char highest = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) lowest = 0xA0;
    if (lead == 0xED) highest = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) lowest = 0x90;
    if (lead == 0xF4) highest = 0x8F;
  } else {
    return {1, false};
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= bytes.size() || at(i) < lowest || at(i) > highest) return {i, false};
    lowest = 0x80;
    highest = 0xBF;
  }
  return {length, true};
}

char32_t Utf16Unit(std::string_view bytes, std::size_t at, bool big_endian) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
}

std::string FromUtf16(std::string_view bytes, bool big_endian) {
  std::string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t unit = Utf16Unit(bytes, i, big_endian);
    if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < bytes.size()) {
      const char32_t low = Utf16Unit(bytes, i + 2, big_endian);
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    AppendCodePoint(text, unit, std::string::npos);
  }
  return text;
}

}  // namespace

bool AppendCodePoint(std::string& out, char32_t code_point, std::size_t limit) {
  const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
  const char32_t c = surrogate || code_point > 0x10FFFF ? kReplacement : code_point;
  const std::size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  if (out.size() > limit || limit - out.size() < length) return false;
  if (length == 1) {
    out.push_back(static_cast<char>(c));
    return true;
  }
  constexpr unsigned kLeads[] = {0, 0, 0xC0, 0xE0, 0xF0};
  out.push_back(static_cast<char>(kLeads[length] | (c >> (6 * (length - 1)))));
  for (std::size_t i = length - 1; i-- > 0;) {
    out.push_back(static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F)));
  }
  return true;
}

bool AppendRepaired(std::string& out, std::string_view bytes, std::size_t limit) {
  while (!bytes.empty()) {
    const std::size_t room = limit > out.size() ? limit - out.size() : 0;
    // What cannot fit is not looked at, so that a long text costs no more than what is kept.
    const std::size_t run = AsciiRun(bytes.substr(0, room + 1));
    out.append(bytes.substr(0, std::min(run, room)));
    if (run > room) return false;
    bytes.remove_prefix(run);
    if (bytes.empty()) return true;
    const Character character = FirstCharacter(bytes);
    if (!character.valid) {
      if (!AppendCodePoint(out, kReplacement, limit)) return false;
    } else {
      if (limit - out.size() < character.bytes) return false;
      out.append(bytes.substr(0, character.bytes));
    }
    bytes.remove_prefix(character.bytes);
  }
  return true;
}

std::string_view WithoutCutWord(std::string_view text) {
  constexpr std::string_view kWordEnds = " \t\r\n\"'`<>{}[]()|;,";
  const std::size_t least = text.size() - std::min(text.size(), kMaxCutWord);
  const std::size_t word_end = text.find_last_of(kWordEnds);
  std::size_t size = word_end == text.npos ? least : std::max(least, word_end + 1);
  // Never a part of a character.
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
    --size;
  return text.substr(0, size);
}

std::string Repaired(std::string_view bytes, std::size_t limit) {
  std::string text;
  if (!AppendRepaired(text, bytes, limit)) text.resize(WithoutCutWord(text).size());
  return text;
}

std::string_view WithoutByteOrderMark(std::string_view body, std::string& storage) {
  if (body.starts_with("\xEF\xBB\xBF")) return body.substr(3);
  const bool little = body.starts_with("\xFF\xFE");
  const bool big = body.starts_with("\xFE\xFF");
  if (!little && !big) return body;
  storage = FromUtf16(body.substr(2), big);
  return storage;
}

std::string Latin1AsUtf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (char c : bytes) {
    const char32_t character = static_cast<unsigned char>(c);
    AppendCodePoint(text, character, std::string::npos);
  }
  return text;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return LowerCase(x) == LowerCase(y); });
}

}  // namespace scoregate::errorbody
