// How much callers may ask for, and for how long.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "gateway/grpcwire/gzip.h"

namespace scoregate::rpc {

/// What a caller may ask for, on one connection but where all of them are named.
struct Limits {
  /// Connections of these sessions at a time; one more is closed at once.
  std::size_t max_connections = 10'000;
  /// A request message over this many bytes is refused (kRequestTooLarge), as it comes or inflated.
  std::size_t max_message_bytes = std::size_t{4} * 1024 * 1024;
  /// Metadata of a request, as RFC 7540 6.5.2 counts it; announced in SETTINGS.
  std::size_t max_header_list_bytes = std::size_t{16} * 1024;
  /// Calls at a time on one connection; announced in SETTINGS, more are refused.
  std::uint32_t max_concurrent_calls = 1024;
  /// What a caller may send ahead on one call before the handler takes a message. The call whose
  /// message was begun first may send all of that message.
  std::uint32_t call_window_bytes = 64 * 1024;
  /// What a caller may send ahead on all calls of a connection before we have read it.
  std::uint32_t connection_window_bytes = 128 * 1024;
  /// Requests that are held unread on one connection: bytes as they came or were inflated, and the
  /// place in a queue of each whole message (40 bytes). A call that goes over it ends with
  /// kConnectionLimit, so it has to be 64 bytes more than the largest message.
  std::size_t max_held_bytes = std::size_t{64} * 1024 * 1024;
  /// The same of all connections of these sessions together; beyond it only connections that hold
  /// less than their part of it, divided by the connections, may send more, and other calls end
  /// with kConnectionLimit.
  std::size_t max_lane_held_bytes = std::size_t{128} * 1024 * 1024;
  /// Once more than this is held, and until half of it is, the windows of calls are narrow and the
  /// request that was begun first is completed before the next. What that sends from then on does
  /// not count until it is whole, nor does what handlers have taken.
  std::size_t held_in_any_order_bytes = std::size_t{192} * 1024;
  /// Answers of calls that have ended and that wait on a connection because its caller does not
  /// take them: while they are more than this, no call begins and no window is given back.
  std::size_t answer_backlog_bytes = std::size_t{512} * 1024;
  /// Answers that wait on a connection; a call whose answer would go over it, and is not the only
  /// one, ends with kConnectionLimit.
  std::size_t max_answer_backlog_bytes = std::size_t{64} * 1024 * 1024;
  /// Answers that wait on all connections of these sessions; beyond it only connections with less
  /// than their part of it are given more, and other calls end with kConnectionLimit.
  std::size_t max_lane_answer_backlog_bytes = std::size_t{128} * 1024 * 1024;
  /// How many times its size a compressed message may inflate to once that is over 512 KiB; more
  /// is refused (kRequestTooLarge).
  std::size_t max_inflate_ratio = grpcwire::kMaxInflateRatio;
  /// How long a connection may take until its TLS handshake is done and its preface and SETTINGS
  /// are there.
  std::chrono::milliseconds handshake_timeout{10'000};
  /// How long a request may take until it is complete: its header block, and for a method that
  /// takes one message that message and the half-close. A call that is late ends with kTimeout, a
  /// connection with half a header block with ENHANCE_YOUR_CALM. A quarter of the time late at
  /// most.
  std::chrono::milliseconds request_timeout{30'000};
  /// How long the caller may take to open its window for the rest of an answer once the call has
  /// ended, not counting what the connection takes for other answers; then its stream is reset.
  /// Also how long a connection's socket may take for each 64 KiB; then it is closed.
  std::chrono::milliseconds answer_timeout{60'000};
  /// Calls that break or are reset: as many as this at once, and the rate at which that allowance
  /// grows again; each call that is answered adds to it, too. Beyond it the connection is closed
  /// with ENHANCE_YOUR_CALM.
  std::uint32_t max_reset_burst = 200;
  std::uint32_t max_resets_per_second = 100;
  /// How long a connection that has used up half of that allowance is not read, once until all was
  /// made up for: whoever goes on resetting gets a small part of the lane that way. 0: not at all.
  std::chrono::milliseconds reset_pause{50};
  /// Bytes of frames that carry nothing (see FrameMeter): as many at once, and the rate at which
  /// that allowance grows again; each request and each DATA frame of an answer adds to it, too.
  /// Beyond it the connection is closed with ENHANCE_YOUR_CALM.
  std::uint32_t max_overhead_burst_bytes = 8 * 1024;
  std::uint32_t max_overhead_bytes_per_second = 4 * 1024;
};

/// Bytes of answers that wait on one call before Call::Write waits.
inline constexpr std::size_t kWriteQueueBytes = std::size_t{64} * 1024;

}  // namespace scoregate::rpc
