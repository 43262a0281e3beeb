// What leaves a connection in one write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "gateway/rpc/http2/stream_reference.h"

namespace scoregate::rpc {

/// Frames are gathered while those before them are written. A batch is bounded so that answers wait
/// in their streams, where they are counted, and so that the time which a caller has for a batch is
/// the time for so many bytes and not for all that there is to say.
class WriteBatch {
 public:
  std::vector<std::uint8_t>& gathered() { return gathered_; }
  /// Whether the next frame has to wait for the next batch: the one that made it full was the last.
  bool IsFull() const { return gathered_.size() >= kFullBytes; }

  /// What was not given to nghttp2 of the fields in the frame that it writes.
  std::vector<std::uint8_t>& late_fields() { return late_fields_; }

  /// What was gathered has left.
  void Clear() { gathered_.clear(); }

  /// What was gathered, but for the first bytes, is written from now on, and stays until the next
  /// time.
  std::span<const std::uint8_t> Seal(std::size_t left) {
    writing_.swap(gathered_);
    gathered_.clear();
    return std::span<const std::uint8_t>(writing_).subspan(left);
  }

  /// Has a stream wait that has more to say than there was room for.
  void HoldUp(Stream& stream) { held_up_.emplace_back(&stream); }
  /// Those that waited, in their order: each had its share before it waits again.
  std::vector<StreamReference> TakeHeldUp() { return std::exchange(held_up_, {}); }

  /// Nothing is written, and nothing was gathered: lets go of what was large.
  void Shrink() {
    for (auto* buffer : {&writing_, &gathered_}) {
      if (buffer->capacity() > kKeptBytes) std::vector<std::uint8_t>().swap(*buffer);
    }
  }

 private:
  static constexpr std::size_t kFullBytes = std::size_t{64} * 1024;
  // The largest buffers of a connection that is idle, as those of TlsTransport.
  static constexpr std::size_t kKeptBytes = std::size_t{16} * 1024;

  std::vector<std::uint8_t> gathered_;
  std::vector<std::uint8_t> late_fields_;
  std::vector<std::uint8_t> writing_;
  std::vector<StreamReference> held_up_;
};

}  // namespace scoregate::rpc
