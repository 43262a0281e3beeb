#include "gateway/rpc/message_frame.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "gateway/grpcwire/frame.h"

namespace scoregate::rpc {
namespace {

using grpcwire::kFrameHeaderBytes;

std::array<char, kFrameHeaderBytes> HeadOf(std::size_t size, bool compressed) {
  return grpcwire::EncodeFrameHeader(
      {.compressed = compressed, .length = static_cast<std::uint32_t>(size)});
}

std::string Head(std::size_t size) {
  std::string frame;
  frame.reserve(kFrameHeaderBytes + size);
  std::array<char, kFrameHeaderBytes> head = HeadOf(size, false);
  frame.append(head.data(), head.size());
  return frame;
}

}  // namespace

std::string EncodeMessage(const google::protobuf::MessageLite& message) {
  std::string frame = Head(message.ByteSizeLong());
  message.AppendPartialToString(&frame);
  return frame;
}

std::string EncodeMessage(std::string_view message) {
  std::string frame = Head(message.size());
  frame.append(message);
  return frame;
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
