#include "gateway/rpc/message_frame.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "gateway/grpcwire/frame.h"

namespace scoregate::rpc {
namespace {

using grpcwire::kFrameHeaderBytes;

std::array<char, kFrameHeaderBytes> HeadOf(std::size_t size, bool compressed) {
  return grpcwire::EncodeFrameHeader(
      {.compressed = compressed, .length = static_cast<std::uint32_t>(size)});
}

}  // namespace

std::string EncodeMessage(const google::protobuf::MessageLite& message, std::size_t size) {
  std::string frame(kFrameHeaderBytes + size, '\0');
  std::ranges::copy(HeadOf(size, false), frame.begin());
  auto* body = reinterpret_cast<std::uint8_t*>(frame.data() + kFrameHeaderBytes);
  message.SerializeWithCachedSizesToArray(body);
  return frame;
}

std::string EncodeLargeMessage(const google::protobuf::MessageLite& message, bool compress) {
  std::string frame = EncodeMessage(message, static_cast<std::size_t>(message.GetCachedSize()));
  if (!compress) return frame;
  // The lane's own is the lane's, and a new one costs little of what it then does.
  grpcwire::Gzip gzip;
  return CompressFrame(std::move(frame), gzip);
}

std::string CompressFrame(std::string frame, grpcwire::Gzip& gzip) {
  std::string_view message = std::string_view(frame).substr(kFrameHeaderBytes);
  if (message.empty()) return frame;
  // Room for less than the message: where that is not enough, nothing is won.
  std::string compressed(frame.size() - 1, '\0');
  std::size_t size = gzip.Deflate(message, std::span(compressed).subspan(kFrameHeaderBytes));
  if (size == 0) return frame;
  compressed.resize(kFrameHeaderBytes + size);
  std::ranges::copy(HeadOf(size, true), compressed.begin());
  return compressed;
}

}  // namespace scoregate::rpc
