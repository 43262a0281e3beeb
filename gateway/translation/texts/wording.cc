#include "gateway/translation/texts/wording.h"

#include <algorithm>
#include <array>

#include "gateway/errorbody/text.h"
#include "gateway/redact/redact.h"

namespace scoregate::translation {
namespace {

constexpr std::string_view kEllipsis = "...";

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
  if (text.empty()) return "";
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
  std::string clean = Clean(name, std::string::npos);
  std::size_t line_end = clean.find_first_of("\r\n");
  if (line_end != std::string::npos) clean.resize(line_end);
  Cut(clean, limit);
  return clean;
}

std::string AsciiMessage(std::string_view clean_text) {
  std::string message;
  message.reserve(clean_text.size());
  for (char c : clean_text) {
    if (IsContinuation(c)) continue;
    message += c >= 0x20 && c <= 0x7E ? c : '?';
  }
  ElideMiddle(message, kMaxMessageBytes);
  return message;
}

Untraced SplitTrace(std::string_view text) {
  // How Python, .NET and R begin one.
  static constexpr std::array<std::string_view, 4> kMarks = {
      "Traceback (most recent call last)", "\n   at ", "\r\n   at ", "\nStack trace:"};
  std::size_t begin = std::string_view::npos;
  for (std::string_view mark : kMarks) begin = std::min(begin, text.find(mark));
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
