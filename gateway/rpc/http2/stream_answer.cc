// The half of a Stream that answers: headers, data, trailers, and how a call ends.
#include <algorithm>
#include <string>
#include <utility>

#include "gateway/rpc/http2/headers.h"
#include "gateway/rpc/http2/session.h"
#include "gateway/rpc/http2/stream.h"
#include "gateway/rpc/message_frame.h"

namespace scoregate::rpc {
namespace {

constexpr std::string_view kOkStatus = "0";
// The plain HTTP answers to what is no gRPC.
constexpr std::string_view kMethodNotAllowed = "405";
constexpr std::string_view kUnsupportedMediaType = "415";

// NOLINTNEXTLINE(readability-function-size): as nghttp2 calls it.
ssize_t ReadData(nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t length,
                 std::uint32_t* flags, nghttp2_data_source* source, void*) {
  Fill fill = static_cast<Stream*>(source->ptr)->FillData(length);
  if (fill.deferred) return NGHTTP2_ERR_DEFERRED;
  *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  if (fill.end) *flags |= NGHTTP2_DATA_FLAG_EOF;
  if (fill.end && !fill.plain) *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
  return static_cast<ssize_t>(fill.size);
}

}  // namespace

void Stream::AddInitialMetadata(Metadata fields) {
  if (headers_submitted_ || ended_) return;
  for (auto& field : fields) initial_.push_back(std::move(field));
}

void Stream::SendInitialMetadata() {
  if (ended_ || headers_submitted_) return;
  SubmitHeaders();
}

bool Stream::SendFrame(std::string frame) {
  if (ended_) return false;
  if (frame.size() >= kMinCompressedBytes + grpcwire::kFrameHeaderBytes && WantsCompression()) {
    frame = CompressFrame(std::move(frame), context_->gzip);
  }
  return SendReadyFrame(std::move(frame));
}

bool Stream::SendReadyFrame(std::string frame) {
  if (ended_) return false;
  if (!session_->backlog().Add(frame.size())) {
    Fail({http::FaultKind::kConnectionLimit,
          "The answers that wait on this connection take too much memory."});
    return false;
  }
  if (!headers_submitted_) SubmitHeaders();
  response_bytes_ += frame.size() - grpcwire::kFrameHeaderBytes;
  out_.Push(std::move(frame));
  ResumeData();
  return true;
}

// What the headers have announced, or will.
bool Stream::WantsCompression() const {
  if (headers_submitted_ && !announced_gzip_) return false;
  switch (compression_) {
    case AnswerCompression::kNever:
      return false;
    case AnswerCompression::kAsRequest:
      return head_.encoding() == MessageEncoding::kGzip && head_.AcceptsGzip();
    case AnswerCompression::kWhereAccepted:
      return head_.AcceptsGzip();
  }
  return false;
}

void Stream::SubmitHeaders() {
  announced_gzip_ = WantsCompression();
  headers_submitted_ = true;
  HeaderList list;
  list.AddSteady(":status", "200");
  list.AddSteady("content-type", head_.content_type());
  if (announced_gzip_) list.AddSteady("grpc-encoding", "gzip");
  list.AddMetadata(initial_);
  nghttp2_data_provider provider{{.ptr = this}, ReadData};
  nghttp2_submit_response(session_->h2(), id_, list.data(), list.size(), &provider);
  session_->FlushLater();
}

void Stream::SubmitTrailersOnly() {
  headers_submitted_ = true;
  HeaderList list;
  list.AddSteady(":status", "200");
  list.AddSteady("content-type", head_.content_type());
  late_trailers_ = list.AddUpToLong(trailers_);
  nghttp2_submit_response(session_->h2(), id_, list.data(), list.size(), nullptr);
  session_->FlushLater();
}

// No trailers are those of OK: that spares the common end an allocation.
void Stream::SubmitTrailers() {
  if (std::exchange(trailers_submitted_, true)) return;
  HeaderList list;
  if (trailers_.empty()) list.AddSteady("grpc-status", kOkStatus);
  list.AddMetadata(trailers_);
  nghttp2_submit_trailer(session_->h2(), id_, list.data(), list.size());
}

void Stream::ResumeData() {
  if (std::exchange(deferred_, false)) nghttp2_session_resume_data(session_->h2(), id_);
  session_->FlushLater();
}

Fill Stream::FillData(std::size_t most) {
  Fill fill;
  fill.plain = plain_.has_value();
  fill.size = std::min(most, out_.bytes());
  bool held_up = fill.size > 0 && session_->batch().IsFull();
  if (held_up) {
    session_->batch().HoldUp(*this);
    // It is the connection that takes long, whose time runs for each batch, and not the caller with
    // this stream's window: the stream's time begins anew.
    if (answered_) answered_ = lane::Clock::now();
  }
  if (held_up || (fill.size == 0 && (!ended_ || trailers_submitted_))) {
    fill.deferred = deferred_ = true;
    return fill;
  }
  fill.end = ended_ && fill.size == out_.bytes();
  if (fill.end && !plain_) SubmitTrailers();
  return fill;
}

void Stream::MoveData(std::size_t size, std::vector<std::uint8_t>& out) {
  out_.Move(size, out);
  session_->backlog().Remove(size, answered_.has_value());
  if (writable_ && HasRoom()) writable_->Notify();
}

bool Stream::HasRoom() const {
  if (out_.bytes() == 0 || session_ == nullptr) return true;
  return out_.bytes() <= kWriteQueueBytes && !session_->backlog().IsCrowded();
}

void Stream::DropAnswer() {
  session_->backlog().Remove(out_.bytes(), answered_.has_value());
  out_.Clear();
}

void Stream::Finish(Outcome outcome) {
  if (ended_) return;
  bool ok = outcome.ok();
  Conclude(outcome.TakeTrailers());
  if (headers_submitted_ && out_.bytes() > 0) {
    ResumeData();
  } else if (headers_submitted_) {
    // Not by way of the data: a closed window would hold them back.
    SubmitTrailers();
    session_->FlushLater();
  } else if (ok) {
    SubmitHeaders();
  } else {
    SubmitTrailersOnly();
  }
}

void Stream::Fail(const http::Fault& fault) {
  if (ended_) return;
  FailWith(context_->options.write_failure(fault, view()));
}

void Stream::FailWith(Metadata trailers) {
  // A message that is cut inside cannot be followed by trailers.
  bool break_off = out_.InsidePiece() || trailers.empty();
  DropAnswer();
  DecideCancel();
  if (!break_off) return Finish(Outcome(std::move(trailers)));
  Conclude(std::move(trailers));
  nghttp2_submit_rst_stream(session_->h2(), NGHTTP2_FLAG_NONE, id_, NGHTTP2_INTERNAL_ERROR);
  session_->FlushLater();
}

void Stream::Conclude(Metadata trailers) {
  ended_ = true;
  answered_ = lane::Clock::now();
  session_->backlog().Settle(out_.bytes());
  trailers_ = std::move(trailers);
  Report(trailers_.empty() ? kOkStatus : std::string_view(trailers_.front().second), *answered_);
  LeaveDeadlines();
  LetGoAll();
  Consume();
  Wake();
}

void Stream::AnswerPlain() {
  headers_submitted_ = true;
  bool not_post = *plain_ == HeadKind::kNotPost;
  std::string_view text = not_post ? "This port speaks gRPC: POST over HTTP/2.\n"
                                   : "This port speaks gRPC: content-type application/grpc.\n";
  if (!head_.is_head_method() && session_->backlog().Add(text.size())) {
    out_.Push(std::string(text));
  }
  answered_ = lane::Clock::now();
  session_->backlog().Settle(out_.bytes());
  HeaderList list;
  list.AddSteady(":status", not_post ? kMethodNotAllowed : kUnsupportedMediaType);
  list.AddSteady("content-type", "text/plain");
  if (not_post) list.AddSteady("allow", "POST");
  nghttp2_data_provider provider{{.ptr = this}, ReadData};
  nghttp2_submit_response(session_->h2(), id_, list.data(), list.size(),
                          out_.bytes() > 0 ? &provider : nullptr);
  session_->FlushLater();
}

}  // namespace scoregate::rpc
