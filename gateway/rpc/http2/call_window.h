// What a caller may still send on one call.
#pragma once

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace scoregate::rpc {

/// Makes it so that the caller may send `bytes` more on that call, what it may send already among
/// them; nothing where it may send more than half of that. True where a WINDOW_UPDATE is to leave.
/// nghttp2 counts what a window is (`effective_local`) and what of it is used (`effective_recv`, of
/// which it gives back padding only); the difference is what the caller may send, and is below 0
/// where SETTINGS have taken away more than was left.
inline bool TopUp(nghttp2_session* h2, std::int32_t id, std::size_t bytes) {
  // A window is less than 2^31; what is longer gets more on its way.
  constexpr std::size_t kMost = std::size_t{1} << 30;
  const auto wanted = static_cast<std::int32_t>(std::min(bytes, kMost));
  if (nghttp2_session_get_stream_local_window_size(h2, id) > wanted / 2) return false;
  const std::int32_t left = nghttp2_session_get_stream_effective_local_window_size(h2, id) -
                            nghttp2_session_get_stream_effective_recv_data_length(h2, id);
  nghttp2_submit_window_update(h2, NGHTTP2_FLAG_NONE, id, wanted - left);
  return true;
}

/// The window of any call, as the caller knows it.
inline std::size_t CommonWindow(nghttp2_session* h2) {
  return nghttp2_session_get_local_settings(h2, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE);
}

}  // namespace scoregate::rpc
