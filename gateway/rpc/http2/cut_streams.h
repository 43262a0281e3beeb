// The streams of a caller that we broke off while it was still sending.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace scoregate::rpc {

/// Remembers the last kKept of them, because nghttp2 forgets closed streams when others are opened:
/// what was on its way when we reset a stream is passed over (RFC 9113, 5.1), while the same frame
/// on any other stream that is gone is an error.
class CutStreams {
 public:
  void Add(std::int32_t id) {
    ids_[next_] = id;
    next_ = (next_ + 1) % kKept;
  }

  /// Whether it is one of them. It no longer is then: no request has more than one block of
  /// trailers.
  bool Take(std::int32_t id) {
    auto found = std::ranges::find(ids_, id);
    if (found == ids_.end()) return false;
    *found = kNone;
    return true;
  }

 private:
  static constexpr std::size_t kKept = 64;
  // No stream of a caller (RFC 9113, 5.1.1).
  static constexpr std::int32_t kNone = 0;
  std::array<std::int32_t, kKept> ids_{};
  std::size_t next_ = 0;
};

}  // namespace scoregate::rpc
