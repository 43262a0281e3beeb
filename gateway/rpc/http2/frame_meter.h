// What the frames of a caller cost beyond their content.
#pragma once

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace scoregate::rpc {

/// What one request, and each DATA frame of an answer, entitles a caller to in bytes of overhead:
/// its WINDOW_UPDATE, PING and RST_STREAM.
inline constexpr std::int64_t kOverheadBytesEarned = 64;

/// Walks over the frame heads in what a caller sends, cut anywhere. nghttp2 tells nothing of the
/// frames that it passes over, and those are work, too.
class FrameMeter {
 public:
  /// Reads on and gives the bytes of overhead: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, RST_STREAM,
  /// GOAWAY and unknown frames whole, DATA that carries (almost) nothing and padding that is more
  /// than the data which it pads, the heads of CONTINUATION. Each HEADERS takes
  /// kOverheadBytesEarned off, so it may be negative.
  std::int64_t Read(std::span<const std::uint8_t> bytes) {
    std::int64_t overhead = 0;
    while (!bytes.empty()) {
      if (std::exchange(padded_, false)) {
        overhead += Padding(static_cast<std::int64_t>(skip_), bytes.front());
      }
      std::size_t passed = std::min(bytes.size(), skip_);
      skip_ -= passed;
      bytes = bytes.subspan(passed);
      std::size_t taken = std::min(bytes.size(), head_.size() - head_size_);
      std::copy_n(bytes.begin(), taken, head_.begin() + static_cast<std::ptrdiff_t>(head_size_));
      head_size_ += taken;
      bytes = bytes.subspan(taken);
      if (head_size_ < head_.size()) break;
      head_size_ = 0;
      skip_ = std::size_t{head_[0]} << 16 | std::size_t{head_[1]} << 8 | head_[2];
      overhead += Overhead(static_cast<std::int64_t>(skip_), head_[3], head_[4]);
      padded_ = IsPadded(static_cast<std::int64_t>(skip_), head_[3], head_[4]);
    }
    return overhead;
  }

 private:
  // Before every payload (RFC 9113, 4.1), and before the first frame (3.4), in bytes.
  static constexpr std::size_t kHeadBytes = 9;
  static constexpr std::size_t kPrefaceBytes = 24;
  // Larger ones are an error of the connection (RFC 9113, 4.2), in bytes.
  static constexpr std::int64_t kLargestFrameBytes = 16'384;
  // The smallest message of gRPC.
  static constexpr std::int64_t kSmallestMessageBytes = 5;

  /// Whether the payload begins with the size of the padding at its end (RFC 9113, 6.1).
  static bool IsPadded(std::int64_t size, std::uint8_t type, std::uint8_t flags) {
    return type == NGHTTP2_DATA && (flags & NGHTTP2_FLAG_PADDED) != 0 && size > 0 &&
           size <= kLargestFrameBytes;
  }

  static std::int64_t Overhead(std::int64_t size, std::uint8_t type, std::uint8_t flags) {
    constexpr auto kHead = static_cast<std::int64_t>(kHeadBytes);
    // nghttp2 ends the connection, and says why.
    if (size > kLargestFrameBytes || type == NGHTTP2_PUSH_PROMISE) return 0;
    if (type == NGHTTP2_HEADERS) return -kOverheadBytesEarned;
    if (type == NGHTTP2_CONTINUATION) return kHead;
    // nghttp2 ends the connection where it did not ask for one.
    if (type == NGHTTP2_SETTINGS && (flags & NGHTTP2_FLAG_ACK) != 0) return 0;
    if (type != NGHTTP2_DATA) return kHead + size;
    if (IsPadded(size, type, flags)) return 0;  // Not known yet, see Padding.
    bool carries = size >= kSmallestMessageBytes || (flags & NGHTTP2_FLAG_END_STREAM) != 0;
    return carries ? 0 : kHead;
  }

  // What a padded frame of that size costs once its first byte is there. A caller may hide how long
  // its messages are; the last frame of a request, of which there is one, is not weighed.
  std::int64_t Padding(std::int64_t size, std::uint8_t first) const {
    if ((head_[4] & NGHTTP2_FLAG_END_STREAM) != 0) return 0;
    std::int64_t padding = std::int64_t{first} + 1;
    std::int64_t data = std::max<std::int64_t>(size - padding, 0);
    if (data < kSmallestMessageBytes) return static_cast<std::int64_t>(kHeadBytes) + padding;
    return std::max<std::int64_t>(padding - data, 0);
  }

  std::array<std::uint8_t, kHeadBytes> head_{};
  std::size_t head_size_ = 0;
  std::size_t skip_ = kPrefaceBytes;
  // Whether the size of the padding is the next byte.
  bool padded_ = false;
};

}  // namespace scoregate::rpc
