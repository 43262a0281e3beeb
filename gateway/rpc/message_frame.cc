#include "gateway/rpc/message_frame.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/grpcwire/frame.h"

namespace scoregate::rpc {
namespace {

std::string Head(std::size_t size) {
  std::string frame;
  frame.reserve(grpcwire::kFrameHeaderBytes + size);
  std::array<char, grpcwire::kFrameHeaderBytes> head = grpcwire::EncodeFrameHeader(
      {.compressed = false, .length = static_cast<std::uint32_t>(size)});
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

}  // namespace scoregate::rpc
