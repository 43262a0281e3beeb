// Base64 for "-bin" metadata, on top of abseil's.
#include "gateway/grpcwire/base64.h"

#include <array>

#include "absl/strings/escaping.h"

namespace scoregate::grpcwire {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<bool, 256> kInAlphabet = [] {
  std::array<bool, 256> in{};
  for (char c : kAlphabet) in[static_cast<unsigned char>(c)] = true;
  return in;
}();

// abseil also takes white space and other padding, so what it may see is checked here.
bool IsUnpaddedBase64(std::string_view text) {
  if (text.size() % 4 == 1) return false;
  for (char c : text) {
    if (!kInAlphabet[static_cast<unsigned char>(c)]) return false;
  }
  return true;
}

std::string_view WithoutPadding(std::string_view text) {
  if (text.size() % 4 != 0) return text;
  if (text.ends_with('=')) text.remove_suffix(1);
  if (text.ends_with('=')) text.remove_suffix(1);
  return text;
}

std::string_view TrimSpace(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string Base64Encode(std::string_view bytes) {
  std::string encoded;
  absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()), &encoded);
  encoded.resize(Base64EncodedSize(bytes.size()));
  return encoded;
}

std::optional<std::string> Base64Decode(std::string_view text) {
  text = WithoutPadding(text);
  if (!IsUnpaddedBase64(text)) return std::nullopt;
  std::string decoded;
  if (!absl::Base64Unescape(absl::string_view(text.data(), text.size()), &decoded)) {
    return std::nullopt;
  }
  return decoded;
}

std::optional<std::vector<std::string>> Base64DecodeList(std::string_view text) {
  std::vector<std::string> values;
  while (true) {
    const std::size_t comma = text.find(',');
    std::optional<std::string> value = Base64Decode(TrimSpace(text.substr(0, comma)));
    if (!value) return std::nullopt;
    values.push_back(*std::move(value));
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace scoregate::grpcwire
