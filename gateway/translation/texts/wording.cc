#include "gateway/translation/texts/wording.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "gateway/errorbody/text.h"
#include "gateway/grpcwire/metadata.h"
#include "gateway/redact/redact.h"

namespace scoregate::translation {
namespace {

constexpr std::string_view kEllipsis = "...";

// Eight bytes at a time, which is what almost all text is made of.
std::size_t AsciiPrefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t size = 0;
  std::uint64_t word = 0;
  for (; text.size() - size >= sizeof(word); size += sizeof(word)) {
    std::memcpy(&word, text.data() + size, sizeof(word));
    if ((word & kHighBits) != 0) break;
  }
  while (size < text.size() && static_cast<unsigned char>(text[size]) < 0x80) ++size;
  return size;
}

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The bytes that the character takes, or 0 where it is broken (RFC 3629, table of section 4).
std::size_t CharacterBytes(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (!IsContinuation(text[i])) return 0;
  }
  bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  bool out_of_range = (lead == 0xED && byte(1) > 0x9F) || (lead == 0xF4 && byte(1) > 0x8F);
  return overlong || out_of_range ? 0 : size;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    text.remove_prefix(AsciiPrefix(text));
    if (text.empty()) return true;
    std::size_t size = CharacterBytes(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string_view CutPoint(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && IsContinuation(text[limit])) --limit;
  return text.substr(0, limit);
}

void Cut(std::string& text, std::size_t limit) {
  if (text.size() <= limit) return;
  std::size_t room = limit > kEllipsis.size() ? limit - kEllipsis.size() : limit;
  text.resize(CutPoint(text, room).size());
  if (limit > kEllipsis.size()) text += kEllipsis;
}

void ElideMiddle(std::string& text, std::size_t limit) {
  if (text.size() <= limit) return;
  if (limit <= kEllipsis.size()) {
    text.resize(limit);
    return;
  }
  std::size_t kept = limit - kEllipsis.size();
  std::size_t tail = kept / 3;
  text.replace(kept - tail, text.size() - kept, kEllipsis);
}

std::string Clean(std::string_view text, std::size_t limit) {
  std::string clean = IsUtf8(text) ? redact::Redact(text)
                                   : redact::Redact(errorbody::Repaired(text, text.size() * 3));
  Cut(clean, limit);
  return clean;
}

std::string CleanText(std::string_view text, std::size_t limit) {
  std::string clean = Clean(text, std::string::npos);
  std::string_view kept = errorbody::Trimmed(SplitTrace(clean).text);
  // In place: the text is mostly kept whole.
  if (kept.size() != clean.size()) clean = std::string(kept);
  Cut(clean, limit);
  return clean;
}

std::string CleanName(std::string_view name, std::size_t limit) {
  // Most are: nothing to repair, to hide or to break off.
  if (name.size() <= limit && redact::IsOneShortWord(name)) return std::string(name);
  std::string clean = Clean(name, std::string::npos);
  clean.resize(std::min({clean.find('\r'), clean.find('\n'), clean.size()}));
  Cut(clean, limit);
  return clean;
}

std::string AsciiMessage(std::string message) {
  if (!grpcwire::IsValidValue(message)) {
    std::erase_if(message, IsContinuation);
    std::ranges::replace_if(
        message, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
  }
  ElideMiddle(message, kMaxMessageBytes);
  return message;
}

Untraced SplitTrace(std::string_view text) {
  // How Python begins one, and .NET and R, which do so on a line of their own.
  std::size_t begin = text.find("Traceback (most recent call last)");
  for (std::size_t line = text.find('\n'); line < begin; line = text.find('\n', line + 1)) {
    std::string_view rest = text.substr(line + 1);
    if (rest.starts_with("   at ") || rest.starts_with("Stack trace:")) begin = line;
  }
  if (begin == std::string_view::npos) return {text, {}};
  std::string_view head = errorbody::Trimmed(text.substr(0, begin));
  std::string_view trace = text.substr(begin);
  if (!head.empty()) return {head, trace};
  // Nothing before it: Python says what happened in the last line.
  std::string_view tail = errorbody::Trimmed(trace);
  std::size_t line = tail.rfind('\n');
  bool is_frame = line == std::string_view::npos || line + 1 == tail.size() ||
                  errorbody::IsSpace(tail[line + 1]);
  if (is_frame) return {{}, trace};
  return {errorbody::Trimmed(tail.substr(line)), trace};
}

}  // namespace scoregate::translation
