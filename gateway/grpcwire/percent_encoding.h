// The percent-encoding of grpc-message (gRPC over HTTP/2, "Responses").
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scoregate::grpcwire {

/// Writes 0x20 to 0x7E but '%' as they are and every other byte as %XX in upper-case hex. The text
/// should be UTF-8; any bytes are carried.
std::string PercentEncode(std::string_view text);

/// The size of PercentEncode(text) in bytes, without writing it.
std::size_t PercentEncodedSize(std::string_view text);

/// The way back. Never fails, as the protocol asks: a '%' that is not followed by two hex digits
/// (of either case) stands for itself.
std::string PercentDecode(std::string_view text);

}  // namespace scoregate::grpcwire
