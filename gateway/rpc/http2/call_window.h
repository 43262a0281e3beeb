// What a caller may still send on one call.
#pragma once

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace scoregate::rpc {

/// One call's window, which is given back as its bytes are taken, or lent for a whole message: that
/// needs no round trip for each part of it. nghttp2 counts what a window is (`effective_local`) and
/// what of it is used (`effective_recv`); the caller may send the difference.
class CallWindow {
 public:
  void Use(std::size_t bytes) { used_ += static_cast<std::int32_t>(bytes); }

  /// Lets the caller send so many bytes more, where its window has fewer left. Nothing is to be
  /// given back then until TakeBack.
  void Lend(nghttp2_session* h2, std::int32_t id, std::size_t bytes) {
    const std::int32_t size = nghttp2_session_get_stream_effective_local_window_size(h2, id);
    const std::int32_t left = size - nghttp2_session_get_stream_effective_recv_data_length(h2, id);
    const auto wanted = static_cast<std::int32_t>(bytes);
    if (left >= wanted) return;
    lent_ += wanted - left;
    // nghttp2 takes what it has shrunk a window by off the next WINDOW_UPDATE.
    const std::int32_t more = wanted - left + std::exchange(shrunk_by_, 0);
    nghttp2_session_set_local_window_size(h2, NGHTTP2_FLAG_NONE, id, size + more);
  }

  /// The message is whole, so all that was lent has been used: the window is that of any call.
  void TakeBack(nghttp2_session* h2, std::int32_t id) {
    if (lent_ == 0) return;
    const auto common = static_cast<std::int32_t>(
        nghttp2_session_get_local_settings(h2, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE));
    shrunk_by_ = nghttp2_session_get_stream_effective_local_window_size(h2, id) - common;
    nghttp2_session_set_local_window_size(h2, NGHTTP2_FLAG_NONE, id, common);
    used_ -= std::exchange(lent_, 0);
  }

  /// Gives back what was used; false where nothing was.
  bool GiveBack(nghttp2_session* h2, std::int32_t id) {
    if (used_ <= 0) return false;
    nghttp2_session_consume_stream(h2, id, static_cast<std::size_t>(std::exchange(used_, 0)));
    return true;
  }

 private:
  std::int32_t used_ = 0;
  // By WINDOW_UPDATE, in bytes.
  std::int32_t lent_ = 0;
  std::int32_t shrunk_by_ = 0;
};

}  // namespace scoregate::rpc
