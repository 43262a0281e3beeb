// What nghttp2 tells a session while it reads and writes frames.
#pragma once

#include <nghttp2/nghttp2.h>

namespace scoregate::rpc {

/// Sets the callbacks of a server session whose user data is a rpc::Session and whose streams' user
/// data are rpc::Stream.
void SetCallbacks(nghttp2_session_callbacks* callbacks);

}  // namespace scoregate::rpc
