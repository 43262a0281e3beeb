#include "gateway/rpc/http2/callbacks.h"

#include <span>
#include <string_view>

#include "gateway/rpc/http2/headers.h"
#include "gateway/rpc/http2/session.h"

namespace scoregate::rpc {
namespace {

Session& SessionOf(void* user_data) {
  return *static_cast<Session*>(user_data);
}

Stream* StreamOf(nghttp2_session* h2, std::int32_t id) {
  return static_cast<Stream*>(nghttp2_session_get_stream_user_data(h2, id));
}

std::string_view Text(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

bool IsRequest(const nghttp2_frame* frame) {
  return frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
}

bool EndsStream(const nghttp2_frame* frame) {
  return (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA) &&
         (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
}

// Whether the caller opened, or passed over, that stream and it is gone.
bool IsPast(nghttp2_session* h2, std::int32_t id) {
  return id % 2 == 1 && id <= nghttp2_session_get_last_proc_stream_id(h2) &&
         nghttp2_session_find_stream(h2, id) == nullptr;
}

void CountBreach(Session& session, std::int32_t stream) {
  session.CalmUnless(session.conduct().Breach(stream, session.now()));
}

// A padded frame is left to nghttp2: how much of it is content is not known yet.
bool OverrunsContentLength(nghttp2_session* h2, const nghttp2_frame_hd& head) {
  if (head.type != NGHTTP2_DATA || (head.flags & NGHTTP2_FLAG_PADDED) != 0) return false;
  Stream* stream = StreamOf(h2, head.stream_id);
  return stream != nullptr && !stream->head().TakeContent(head.length);
}

int OnBeginFrame(nghttp2_session* h2, const nghttp2_frame_hd* head, void* user_data) {
  // nghttp2 passes over a stream identifier that goes backwards; RFC 7540 5.1.1 calls it an error
  // of the connection, but for the trailers of a request that we broke off.
  Session& session = SessionOf(user_data);
  if (head->type == NGHTTP2_HEADERS && IsPast(h2, head->stream_id) &&
      !session.cut_streams().Take(head->stream_id)) {
    nghttp2_session_terminate_session(h2, NGHTTP2_PROTOCOL_ERROR);
  }
  if (OverrunsContentLength(h2, *head)) CountBreach(session, head->stream_id);
  return 0;
}

int OnBeginHeaders(nghttp2_session* h2, const nghttp2_frame* frame, void* user_data) {
  if (!IsRequest(frame)) return 0;
  Stream* stream = SessionOf(user_data).OpenStream(frame->hd.stream_id);
  nghttp2_session_set_stream_user_data(h2, frame->hd.stream_id, stream);
  return 0;
}

// NOLINTNEXTLINE(readability-function-size): as nghttp2 calls it.
int OnHeader(nghttp2_session* h2, const nghttp2_frame* frame, const std::uint8_t* name,
             std::size_t name_size, const std::uint8_t* value, std::size_t value_size, std::uint8_t,
             void* user_data) {
  Session& session = SessionOf(user_data);
  Stream* stream = IsRequest(frame) ? StreamOf(h2, frame->hd.stream_id) : nullptr;
  bool begins_head = false;
  if (stream != nullptr) {
    begins_head = stream->head().list_bytes() == 0;
    stream->head().Add(Text(name, name_size), Text(value, value_size));
    if (stream->head().IsBomb()) {
      session.CalmDown();
      // The rest of the block is not shown to us any more.
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
  }
  return session.intake().TakeField(begins_head) ? 0 : NGHTTP2_ERR_PAUSE;
}

// NOLINTNEXTLINE(readability-function-size): as nghttp2 calls it.
int OnDataChunk(nghttp2_session* h2, std::uint8_t flags, std::int32_t id, const std::uint8_t* bytes,
                std::size_t size, void* user_data) {
  // The connection's window is given back for what nobody has read, too, so that one call cannot
  // stop the others. How much a connection may hold is limited by HeldRequests.
  SessionOf(user_data).GiveBack(size);
  if (Stream* stream = StreamOf(h2, id)) {
    stream->OnData(Text(bytes, size), (flags & NGHTTP2_FLAG_END_STREAM) != 0);
  } else {
    nghttp2_session_consume_stream(h2, id, size);
  }
  return 0;
}

int OnFrame(nghttp2_session* h2, const nghttp2_frame* frame, void* user_data) {
  Session& session = SessionOf(user_data);
  bool is_ack = (frame->hd.flags & NGHTTP2_FLAG_ACK) != 0;
  if (frame->hd.type == NGHTTP2_SETTINGS && !is_ack) session.OnSettings();
  if (frame->hd.type == NGHTTP2_SETTINGS && is_ack) session.held().Acknowledged();
  if (frame->hd.type == NGHTTP2_PING && is_ack) session.OnPingAck(frame->ping.opaque_data);
  if (frame->hd.type == NGHTTP2_PING && !is_ack) session.OnPing();
  if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) return 0;
  Stream* stream = StreamOf(h2, frame->hd.stream_id);
  if (stream == nullptr) return 0;
  if (IsRequest(frame)) {
    const lane::Clock::time_point now = session.now();
    session.CalmUnless(session.conduct().Head(frame->hd.length, stream->head().list_bytes(), now));
    stream->OnHead(now);
  }
  if (EndsStream(frame)) stream->OnHalfClose();
  return 0;
}

// Not those of our own: NO_ERROR, CANCEL and INTERNAL_ERROR.
bool IsForBreach(const nghttp2_rst_stream& reset) {
  return reset.error_code == NGHTTP2_PROTOCOL_ERROR ||
         reset.error_code == NGHTTP2_FLOW_CONTROL_ERROR ||
         reset.error_code == NGHTTP2_STREAM_CLOSED;
}

int OnInvalidFrame(nghttp2_session*, const nghttp2_frame* frame, int, void* user_data) {
  CountBreach(SessionOf(user_data), frame->hd.stream_id);
  return 0;
}

int OnFrameSent(nghttp2_session* h2, const nghttp2_frame* frame, void* user_data) {
  if (frame->hd.type == NGHTTP2_HEADERS) SessionOf(user_data).OnAnswer();
  if (frame->hd.type == NGHTTP2_RST_STREAM) {
    const Stream* cut = StreamOf(h2, frame->hd.stream_id);
    bool whole = cut != nullptr && cut->half_closed();
    if (!whole) SessionOf(user_data).cut_streams().Add(frame->hd.stream_id);
    if (IsForBreach(frame->rst_stream)) CountBreach(SessionOf(user_data), frame->hd.stream_id);
  }
  if (!EndsStream(frame)) return 0;
  Stream* stream = StreamOf(h2, frame->hd.stream_id);
  if (stream == nullptr) return 0;
  // nghttp2 tells of a frame before it gives it out.
  AppendFields(stream->late_trailers(), SessionOf(user_data).batch().late_fields());
  // The answer is complete and the request is not: the rest of it is not wanted (RFC 7540, 8.1).
  if (!stream->half_closed()) {
    nghttp2_submit_rst_stream(h2, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
  }
  return 0;
}

int OnStreamClosed(nghttp2_session* h2, std::int32_t id, std::uint32_t error, void* user_data) {
  if (Stream* stream = StreamOf(h2, id)) {
    nghttp2_session_set_stream_user_data(h2, id, nullptr);
    SessionOf(user_data).CloseStream(*stream, error);
  }
  return 0;
}

// NOLINTNEXTLINE(readability-function-size): as nghttp2 calls it.
int SendData(nghttp2_session*, nghttp2_frame*, const std::uint8_t* head, std::size_t size,
             nghttp2_data_source* source, void* user_data) {
  Session& session = SessionOf(user_data);
  session.conduct().AnswerFrame();
  session.OnAnswer();
  std::vector<std::uint8_t>& output = session.batch().gathered();
  output.insert(output.end(), head, head + kFrameHeadBytes);
  static_cast<Stream*>(source->ptr)->MoveData(size, output);
  return 0;
}

}  // namespace

void SetCallbacks(nghttp2_session_callbacks* callbacks) {
  nghttp2_session_callbacks_set_on_begin_frame_callback(callbacks, OnBeginFrame);
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, OnBeginHeaders);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnDataChunk);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, OnInvalidFrame);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, OnFrameSent);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnStreamClosed);
  nghttp2_session_callbacks_set_send_data_callback(callbacks, SendData);
}

}  // namespace scoregate::rpc
