// Percent-encoding of grpc-message.
#include "gateway/grpcwire/percent_encoding.h"

#include "gateway/grpcwire/metadata.h"

namespace scoregate::grpcwire {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

constexpr bool StandsForItself(char c) {
  return c >= 0x20 && c <= 0x7E && c != '%';
}

// The digit's value, or -1.
constexpr int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// So nearly all messages are.
bool AllStandForThemselves(std::string_view text) {
  return text.find('%') == std::string_view::npos && IsValidValue(text);
}

}  // namespace

std::size_t PercentEncodedSize(std::string_view text) {
  if (AllStandForThemselves(text)) return text.size();
  std::size_t size = 0;
  for (char c : text) size += StandsForItself(c) ? 1 : 3;
  return size;
}

std::string PercentEncode(std::string_view text) {
  if (AllStandForThemselves(text)) return std::string(text);
  std::string encoded;
  encoded.reserve(PercentEncodedSize(text));
  for (char c : text) {
    if (StandsForItself(c)) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(kHexDigits[byte >> 4]);
    encoded.push_back(kHexDigits[byte & 0x0F]);
  }
  return encoded;
}

std::string PercentDecode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && text.size() - i > 2;
    const int high = escape ? HexValue(text[i + 1]) : -1;
    const int low = escape ? HexValue(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      decoded.push_back(text[i]);
      continue;
    }
    decoded.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return decoded;
}

}  // namespace scoregate::grpcwire
