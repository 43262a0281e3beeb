#include "gateway/upstream/message/answer_head.h"

#include <algorithm>

#include "gateway/grpcwire/metadata.h"

namespace scoregate::upstream {
namespace {

constexpr std::string_view kProtocol = "HTTP/";

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool EqualsLower(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, {}, Lower);
}

// What a head says about the length of its body.
struct Framing {
  bool has_length = false;
  bool has_coding = false;
};

std::string_view CheckLength(std::string_view value, Framing& framing) {
  if (framing.has_length) return "it has more than one Content-Length";
  framing.has_length = true;
  bool number = !value.empty() && std::ranges::all_of(value, IsDigit);
  return number ? std::string_view() : "its Content-Length is not a number";
}

std::string_view CheckCoding(std::string_view value, Framing& framing) {
  if (framing.has_coding) return "it has more than one Transfer-Encoding";
  framing.has_coding = true;
  return EqualsLower(value, "chunked") ? std::string_view()
                                       : "its Transfer-Encoding is not \"chunked\"";
}

std::string_view CheckField(std::string_view line, Framing& framing) {
  if (line.front() == ' ' || line.front() == '\t') return "it has a folded header line";
  std::size_t colon = line.find(':');
  if (colon == line.npos) return "it has a header line without a colon";
  std::string_view name = line.substr(0, colon);
  std::string_view value = grpcwire::TrimValue(line.substr(colon + 1));
  if (EqualsLower(name, "content-length")) return CheckLength(value, framing);
  if (EqualsLower(name, "transfer-encoding")) return CheckCoding(value, framing);
  return {};
}

}  // namespace

HeadScanner::Found HeadScanner::Scan(std::string_view bytes) {
  std::size_t compared = std::min(bytes.size(), kProtocol.size());
  if (bytes.substr(0, compared) != kProtocol.substr(0, compared)) return Found::kNotHttp;
  while (true) {
    std::size_t feed = bytes.find('\n', scanned_);
    if (feed == bytes.npos) {
      scanned_ = bytes.size();
      return Found::kMore;
    }
    if (feed == 0 || bytes[feed - 1] != '\r') return Found::kBareLineFeed;
    bool empty = feed - 1 == line_start_;
    scanned_ = feed + 1;
    line_start_ = scanned_;
    if (empty) return Found::kEnd;
  }
}

std::string_view WhyHeadIsRefused(std::string_view head) {
  constexpr std::string_view kEndOfLine = "\r\n";
  if (head.find('\0') != head.npos) return "it has a NUL byte in its head";
  Framing framing;
  std::size_t start = head.find(kEndOfLine) + kEndOfLine.size();
  while (start < head.size()) {
    std::size_t end = head.find(kEndOfLine, start);
    if (end == start || end == head.npos) break;
    if (auto why = CheckField(head.substr(start, end - start), framing); !why.empty()) return why;
    start = end + kEndOfLine.size();
  }
  if (framing.has_length && framing.has_coding) {
    return "it has both Content-Length and Transfer-Encoding";
  }
  if (framing.has_coding && head.starts_with("HTTP/1.0")) {
    return "it has a Transfer-Encoding, which HTTP/1.0 does not know";
  }
  return {};
}

}  // namespace scoregate::upstream
