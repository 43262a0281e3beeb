// What a caller has used up of what it may do for nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "gateway/lane/task.h"
#include "gateway/rpc/http2/allowance.h"
#include "gateway/rpc/http2/frame_meter.h"
#include "gateway/rpc/limits.h"

namespace scoregate::rpc {

/// The allowances of one connection. What gives false has used up more than was left.
class Conduct {
 public:
  using Time = lane::Clock::time_point;

  Conduct(const Limits& limits, Time now)
      : max_header_list_bytes_(limits.max_header_list_bytes),
        may_pause_(limits.reset_pause.count() > 0),
        resets_(limits.max_reset_burst, limits.max_resets_per_second, now),
        overhead_(limits.max_overhead_burst_bytes, limits.max_overhead_bytes_per_second, now) {}

  /// What has come, cut anywhere.
  bool Read(std::span<const std::uint8_t> bytes, Time now) {
    return overhead_.Take(static_cast<double>(meter_.Read(bytes)), now);
  }

  /// A request's header block of that many bytes, and what it was once decoded. A block that is
  /// longer than what it decodes to is made of table size updates; one that decodes to more than
  /// the limit is work that is thrown away.
  bool Head(std::size_t block_bytes, std::size_t list_bytes, Time now) {
    std::size_t empty = block_bytes - std::min(block_bytes, list_bytes);
    std::size_t excess = list_bytes - std::min(list_bytes, max_header_list_bytes_);
    const std::size_t wasted = empty + excess / kDecodedBytesAByte;
    return overhead_.Take(static_cast<double>(wasted), now);
  }

  /// SETTINGS, while that many streams are open: each of them may get another window, whose first
  /// is of that many bytes.
  bool Settings(std::size_t streams, std::uint32_t window_bytes, Time now) {
    has_small_windows_ = window_bytes < kSmallWindowBytes;
    return overhead_.Take(static_cast<double>(streams * kBytesAStream), now);
  }

  /// A call that broke or was reset, by whichever end; one that was answered makes up for it.
  bool Reset(Time now) { return resets_.Take(1, now); }
  void Answered() { resets_.Give(1); }
  /// Whether there were resets that nothing has made up for.
  bool HasResets() const { return resets_.is_used(); }
  /// Whether the connection is to be read on only after a pause: said once, when half of its resets
  /// are used up, and again when they were made up for meanwhile. Not after a breach: that ends
  /// soon, and costs less than to be woken.
  bool NeedsPause() {
    const bool had_it = std::exchange(paused_, resets_.is_half_used() || (paused_ && HasResets()));
    return may_pause_ && last_breach_ == 0 && paused_ && !had_it;
  }

  /// What no library of HTTP/2 sends: a malformed request, a window that overflows. Most are seen
  /// when they come and again when they are answered, which counts once.
  bool Breach(std::int32_t stream, Time now) {
    if (stream != 0 && stream <= last_breach_) return true;
    last_breach_ = std::max(last_breach_, stream);
    return resets_.Take(kResetsABreach, now);
  }

  /// Whether the caller makes more work than who just makes calls: half of an allowance is used up,
  /// or answers are to leave in crumbs.
  bool IsStrained() const {
    return has_small_windows_ || overhead_.is_half_used() || resets_.is_half_used();
  }
  /// A DATA frame of an answer leaves.
  void AnswerFrame() { overhead_.Give(kOverheadBytesEarned); }

 private:
  // So many decoded bytes of a header list over the limit weigh as much as one of an idle frame.
  static constexpr std::size_t kDecodedBytesAByte = 4;
  // Nobody does that by going away, so a few of them are enough.
  static constexpr double kResetsABreach = 20;
  // Hardly an answer fits into less.
  static constexpr std::uint32_t kSmallWindowBytes = 256;
  // What a change of one stream's window weighs.
  static constexpr std::size_t kBytesAStream = 1;

  std::size_t max_header_list_bytes_;
  bool may_pause_;
  bool paused_ = false;
  bool has_small_windows_ = false;
  std::int32_t last_breach_ = 0;
  Allowance resets_;
  Allowance overhead_;
  FrameMeter meter_;
};

}  // namespace scoregate::rpc
