// The reader of length-prefixed messages.
#include "gateway/grpcwire/frame.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace scoregate::grpcwire {

std::string FrameMessage::Take() {
  if (in_place_) return std::string(std::exchange(view_, {}));
  in_place_ = true;
  view_ = {};
  return std::exchange(assembled_, {});
}

FrameStep FrameReader::Next(std::string_view& input, FrameMessage& message) {
  if (failure_ != FrameStep::kMessage) return failure_;
  if (header_size_ < kFrameHeaderBytes) {
    if (input.empty()) return FrameStep::kNeedMore;
    const bool whole = TakeHeader(input);
    const FrameStep checked = CheckHeader();
    if (checked != FrameStep::kMessage) return failure_ = checked;
    if (!whole) return FrameStep::kNeedMore;
  }
  if (!TakePayload(input, message)) return FrameStep::kNeedMore;
  header_size_ = 0;
  return FrameStep::kMessage;
}

// Whether the header is whole now.
bool FrameReader::TakeHeader(std::string_view& input) {
  const std::size_t taken = std::min(input.size(), kFrameHeaderBytes - header_size_);
  std::memcpy(raw_header_.data() + header_size_, input.data(), taken);
  header_size_ += taken;
  input.remove_prefix(taken);
  return header_size_ == kFrameHeaderBytes;
}

// Says as early as can be what is wrong: a flag byte needs no length. kMessage where nothing is.
FrameStep FrameReader::CheckHeader() {
  const auto flag = static_cast<unsigned char>(raw_header_[0]);
  if (flag > 1) return FrameStep::kBadFlag;
  if (header_size_ < kFrameHeaderBytes) return FrameStep::kMessage;
  std::uint32_t length = 0;
  for (std::size_t i = 1; i < kFrameHeaderBytes; ++i) {
    length = (length << 8) | static_cast<unsigned char>(raw_header_[i]);
  }
  header_ = FrameHeader{flag == 1, length};
  return length > max_message_bytes_ ? FrameStep::kTooLarge : FrameStep::kMessage;
}

// Whether the message is whole now.
bool FrameReader::TakePayload(std::string_view& input, FrameMessage& message) {
  const std::size_t length = header_.length;
  if (partial_.empty() && input.size() >= length) {
    message.compressed_ = header_.compressed;
    message.in_place_ = true;
    message.view_ = input.substr(0, length);
    input.remove_prefix(length);
    return true;
  }
  if (input.empty()) return false;
  const std::size_t taken = std::min(input.size(), length - partial_.size());
  if (partial_.capacity() < length) {
    const std::size_t come = partial_.size() + taken;
    const std::size_t eager = come > kFirstPieceBytes ? kEagerMessageBytes : kFirstPieceBytes;
    partial_.reserve(come >= kEagerMessageBytes ? length : std::min(length, eager));
  }
  partial_.append(input.substr(0, taken));
  input.remove_prefix(taken);
  if (partial_.size() < length) return false;
  message.compressed_ = header_.compressed;
  message.in_place_ = false;
  message.assembled_ = std::exchange(partial_, {});
  return true;
}

}  // namespace scoregate::grpcwire
