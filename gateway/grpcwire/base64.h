// Base64 as gRPC uses it for metadata whose key ends in "-bin" (RFC 4648, standard alphabet).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::grpcwire {

/// Encodes without padding, which is what gRPC asks senders to do.
std::string Base64Encode(std::string_view bytes);

/// The size of Base64Encode's result for that many bytes.
constexpr std::size_t Base64EncodedSize(std::size_t bytes) {
  return bytes / 3 * 4 + (bytes % 3 == 0 ? 0 : bytes % 3 + 1);
}

/// Decodes one value. Padding is optional, but where there is any it must be the right amount.
/// Nothing for every other text: white space, the URL alphabet, a length that no encoder gives.
/// Leftover bits that are not zero are let through, as most peers do.
std::optional<std::string> Base64Decode(std::string_view text);

/// Decodes a "-bin" value, which may be several values joined by commas (with white space around
/// them), in order. An empty element is an empty value. Nothing where any element is not base64.
std::optional<std::vector<std::string>> Base64DecodeList(std::string_view text);

}  // namespace scoregate::grpcwire
