#include "gateway/rpc/http2/stream.h"

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

#include "gateway/http/time_limit.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/http2/call_window.h"
#include "gateway/rpc/http2/session.h"

namespace scoregate::rpc {
namespace {

http::Fault Malformed(std::string text) {
  return {http::FaultKind::kRequestMalformed, std::move(text)};
}

http::Fault TooLarge(const Method& method, std::string text) {
  return {http::FaultKind::kRequestTooLarge, std::string(method.largest_field), std::move(text)};
}

// Of one DATA frame, its length among them (RFC 9113, 6.1).
constexpr std::size_t kMostPaddingBytes = 256;

http::Fault TooMuchHeld() {
  return {http::FaultKind::kConnectionLimit,
          "The requests under way on this connection, or on all together, take too much memory."};
}

http::Fault NoSuchMethod(std::string_view path, std::string text) {
  http::Fault fault(http::FaultKind::kMethodNotFound, std::move(text));
  fault.resource = path;
  return fault;
}

http::Fault SeveralMessages(std::string_view path) {
  return NoSuchMethod(path, "The method takes one message, and several came.");
}

Metadata RefuseEncoding(const SessionsOptions& options, const CallView& call) {
  http::Fault fault =
      NoSuchMethod(call.path(), "The request's compression is not offered: gzip is.");
  Metadata trailers = options.write_failure(fault, call);
  if (!trailers.empty()) trailers.emplace_back("grpc-accept-encoding", "identity,gzip");
  return trailers;
}

}  // namespace

Stream::Stream(Session& session, std::int32_t id)
    : id_(id),
      session_(&session),
      context_(session.context()),
      opened_(session.now()),
      head_(session.limits().max_header_list_bytes),
      frames_(session.limits().max_message_bytes),
      compression_(context_->options.answer_compression) {}

Turns* Stream::turns() const {
  return session_ == nullptr ? nullptr : &session_->turns();
}

void Stream::OnHead(lane::Clock::time_point now) {
  HeadVerdict verdict = head_.Finish(session_->peer(), now);
  switch (verdict.kind) {
    case HeadKind::kNotPost:
    case HeadKind::kNotGrpc:
      // Answered when it is complete: until then HTTP's own rules may find it malformed.
      plain_ = verdict.kind;
      ended_ = true;
      return;
    case HeadKind::kCall:
      break;
  }
  if (verdict.fault) return Fail(*verdict.fault);
  // Whether or not a message will come compressed: gRPC's own servers look no further either.
  if (head_.encoding() == MessageEncoding::kOther) {
    return FailWith(RefuseEncoding(context_->options, view()));
  }
  if (std::optional<lane::Clock::time_point> deadline = view().deadline()) {
    if (*deadline <= now) return OnDeadline();
    session_->AddDeadline(*deadline, *this);
    has_deadline_ = true;
  }
  Route();
}

void Stream::Route() {
  method_ = context_->router.Find(view().path());
  if (method_ == nullptr) {
    return Fail(NoSuchMethod(view().path(), "This server has no method of that path."));
  }
  if (method_->request == RequestShape::kStream) {
    start_decided_ = true;
    session_->Admit(*this);
  }
}

void Stream::OnData(std::string_view bytes, bool of_last_frame) {
  std::size_t size = bytes.size();
  if (!ended_) {
    if (session_->held().Hold(size)) {
      held_ += size;
      session_->held().Came(*this, size);
    } else {
      Fail(TooMuchHeld());
    }
  }
  grpcwire::FrameMessage message;
  while (!ended_) {
    grpcwire::FrameStep step = frames_.Next(bytes, message);
    if (step == grpcwire::FrameStep::kNeedMore) break;
    if (step == grpcwire::FrameStep::kMessage) {
      AcceptMessage(message);
    } else if (step == grpcwire::FrameStep::kBadFlag) {
      Fail(Malformed("A message begins with a byte that is no flag of gRPC."));
    } else {
      Fail(TooLarge(*method_, "A message of the request has " +
                                  std::to_string(frames_.announced_length()) +
                                  " bytes; this server takes " +
                                  std::to_string(session_->limits().max_message_bytes) + "."));
    }
  }
  // One message keeps its turn until the caller has half-closed: or it would not, and send whole
  // messages on all calls.
  const bool may_follow = method_ == nullptr || method_->request == RequestShape::kStream;
  if (!may_follow && messages_ > 0 && !frames_.AtBoundary()) Fail(SeveralMessages(view().path()));
  if (ended_ || (may_follow && frames_.AtBoundary())) session_->held().End(*this);
  // Behind the last frame nothing comes that needs a window.
  if (!of_last_frame) Consume();
}

void Stream::AcceptMessage(grpcwire::FrameMessage& message) {
  if (message.compressed() && head_.encoding() == MessageEncoding::kIdentity) {
    return Fail(Malformed("A message is marked as compressed, and no grpc-encoding is named."));
  }
  ++messages_;
  if (method_->request == RequestShape::kOne && messages_ > 1) {
    return Fail(SeveralMessages(view().path()));
  }
  // What comes behind it on this call comes after what others have begun.
  if (method_->request == RequestShape::kStream) session_->held().End(*this);
  // Its bytes are held since they came; of an empty one this is nearly all there is.
  if (!session_->held().Hold(kMessageHoldBytes)) return Fail(TooMuchHeld());
  held_ += kMessageHoldBytes;
  request_bytes_ += message.bytes().size();
  bool compressed = message.compressed();
  in_.Push({message.Take(), compressed});
  if (readable_) readable_->Notify();
}

// A message that is being assembled must keep coming, so its window is given back at once, or when
// its turn comes; whole messages that nobody takes keep theirs, and nobody waits for what is behind
// them. A large message that has its turn needs one window, and not a round trip for each part.
void Stream::Consume() {
  if (session_ == nullptr || half_closed_) return;
  const bool waits = !in_.empty() && !ended_ && method_->request == RequestShape::kStream;
  if (waits) session_->held().End(*this);
  if (waits || session_->backlog().HoldsBack()) return;
  std::size_t wanted = CommonWindow(session_->h2());
  if (!ended_ && !frames_.AtBoundary()) {
    session_->held().Begin(*this, session_->now());
    if (!session_->held().MaySendMore(*this)) return;
    if (session_->held().IsFirst(*this)) {
      wanted = std::max(wanted, frames_.missing_bytes() + kMostPaddingBytes);
    }
  }
  if (TopUp(session_->h2(), id_, wanted)) session_->FlushLater();
}

void Stream::OnHalfClose() {
  if (half_closed_) return;
  half_closed_ = true;
  if (plain_) return AnswerPlain();
  if (ended_) return;
  if (!frames_.AtBoundary()) return Fail(Malformed("The request ends inside a message."));
  if (method_->request == RequestShape::kStream) {
    if (readable_) readable_->Notify();
    return;
  }
  if (messages_ == 0) {
    return Fail(NoSuchMethod(view().path(), "The method takes one message, and none came."));
  }
  session_->held().End(*this);
  start_decided_ = true;
  session_->Admit(*this);
}

void Stream::OnDeadline() {
  const http::TimeLimit limit = http::CallersLimit(*view().deadline() - view().started());
  Fail({http::FaultKind::kTimeout, "the time for the call ran out" + http::Named(limit)});
}

bool Stream::OnSweep(lane::Clock::time_point now) {
  if (session_ == nullptr) return false;
  if (answered_) {
    if (now - *answered_ < session_->limits().answer_timeout) return false;
    Abandon();
    return true;
  }
  if (half_closed_ || now - opened_ < session_->limits().request_timeout) return false;
  if (method_ == nullptr && !plain_) {
    // Nothing else may come on the connection before the rest of the header block.
    session_->CalmDown();
  } else if (plain_) {
    Abandon();
  } else if (method_->request == RequestShape::kStream) {
    // Its messages may come when they like, but not begin and keep others waiting.
    const lane::Clock::duration limit = session_->limits().request_timeout;
    if (!session_->held().HoldsUpOthersSince(*this, now - limit)) return false;
    Fail({http::FaultKind::kTimeout, "A message of the request did not come in time."});
  } else {
    Fail({http::FaultKind::kTimeout, "The request did not come in time."});
  }
  return true;
}

void Stream::Abandon() {
  nghttp2_submit_rst_stream(session_->h2(), NGHTTP2_FLAG_NONE, id_, NGHTTP2_CANCEL);
  session_->FlushLater();
}

void Stream::OnClosed() {
  if (!ended_) {
    ended_ = true;
    Report("", session_->now());
    DecideCancel();
  }
  LeaveDeadlines();
  LetGoAll();
  DropAnswer();
  session_ = nullptr;
  Wake();
}

void Stream::DecideCancel() {
  start_decided_ = false;
  if (!handler_runs_) return;
  cancel_decided_ = true;
  session_->Decide(*this);
}

void Stream::RunDecided() {
  if (std::exchange(start_decided_, false)) {
    handler_runs_ = true;
    boost::asio::co_spawn(
        context_->executor, RunHandler(),
        boost::asio::bind_cancellation_slot(
            cancel_.slot(), [reference = StreamReference(this)](const std::exception_ptr&) {}));
  }
  if (std::exchange(cancel_decided_, false) && handler_runs_) {
    cancel_.emit(boost::asio::cancellation_type::terminal);
  }
}

lane::Task<void> Stream::RunHandler() {
  Call call(this);
  try {
    Outcome outcome = co_await method_->run(call);
    handler_runs_ = false;
    Finish(std::move(outcome));
    co_return;
  } catch (...) {
    // A cancelled handler ends so, and its call is over already: what follows does nothing then.
    handler_runs_ = false;
  }
  Fail({http::FaultKind::kInternal, "The method's handler failed."});
}

// A message is inflated and parsed not before the handler wants it: what waits stays as small as it
// came. One that comes to more than its last bytes say is found out when so much of it was inflated
// as is done here at most; it is begun anew aside.
ReadNow Stream::Read(google::protobuf::MessageLite& message) {
  LetGoOfTaken();
  const InMessage* next = in_.front();
  if (next == nullptr) return ReadNow::kNothing;
  if (TakesLong(*next)) return ReadNow::kLong;
  const Limits& limits = context_->options.limits;
  const std::size_t most = std::min(limits.max_message_bytes, lane::kAsideBytes);
  const MessageReading reading =
      ReadMessage(*next, {most, limits.max_inflate_ratio}, context_->gzip, message);
  if (reading.inflating == grpcwire::InflateVerdict::kTooLarge) return ReadNow::kLong;
  TakeMessage();
  return Accept(reading) ? ReadNow::kRead : ReadNow::kNothing;
}

InMessage Stream::TakeMessage() {
  InMessage message = *in_.Take();
  LetGo(message.bytes.size() + grpcwire::kFrameHeaderBytes + kMessageHoldBytes);
  Consume();
  return message;
}

// What came out of gzip counts as held until the handler takes the next message or the call ends,
// so that many small requests cannot become much memory.
bool Stream::Accept(const MessageReading& reading) {
  if (ended_) return false;
  const Limits& limits = context_->options.limits;
  taken_ = reading;
  taken_.inflated = 0;
  switch (reading.inflating) {
    case grpcwire::InflateVerdict::kWhole:
      if (!session_->held().Hold(reading.inflated)) {
        Fail(TooMuchHeld());
        break;
      }
      held_ += reading.inflated;
      taken_.inflated = reading.inflated;
      session_->held().CountTaken(static_cast<std::ptrdiff_t>(reading.inflated));
      if (reading.parsed) return true;
      Fail(
          Malformed("A message of the request is no valid protobuf: it is cut or of another type, "
                    "a string in it is not UTF-8, or it nests deeper than " +
                    std::to_string(kMaxMessageNesting) + " messages."));
      break;
    case grpcwire::InflateVerdict::kBroken:
      Fail(Malformed("A compressed message of the request is no whole gzip."));
      break;
    case grpcwire::InflateVerdict::kTooLarge:
      Fail(TooLarge(*method_, "A message of the request inflates to more than the " +
                                  std::to_string(limits.max_message_bytes) +
                                  " bytes that this server takes."));
      break;
    case grpcwire::InflateVerdict::kTooDense:
      Fail(TooLarge(*method_,
                    "A message of the request inflates to too many times its size; send it "
                    "uncompressed."));
      break;
  }
  return false;
}

void Stream::LetGoAll() {
  if (session_ != nullptr) session_->held().End(*this);
  LetGoOfTaken();
  LetGo(held_);
  in_.Clear();
}

void Stream::LetGoOfTaken() {
  const std::size_t size = std::exchange(taken_.inflated, 0);
  if (size == 0) return;
  if (session_ != nullptr) session_->held().CountTaken(-static_cast<std::ptrdiff_t>(size));
  LetGo(size);
}

void Stream::LetGo(std::size_t size) {
  held_ -= size;
  if (session_ == nullptr) return;
  session_->held().LetGo(size);
  if (session_->held().has_room_again()) session_->FlushLater();
}

void Stream::LeaveDeadlines() {
  if (!std::exchange(has_deadline_, false)) return;
  session_->RemoveDeadline(*view().deadline(), *this);
}

void Stream::Wake() {
  if (readable_) readable_->Notify();
  if (writable_) writable_->Notify();
}

lane::Signal& Stream::readable() {
  if (!readable_) readable_.emplace(context_->executor);
  return *readable_;
}

lane::Signal& Stream::writable() {
  if (!writable_) writable_.emplace(context_->executor);
  return *writable_;
}

void Stream::Report(std::string_view grpc_status, lane::Clock::time_point now) {
  if (!context_->options.on_end || plain_) return;
  CallEnd end;
  end.grpc_status = grpc_status;
  end.elapsed = now - view().started();
  end.request_bytes = request_bytes_;
  end.response_bytes = response_bytes_;
  context_->options.on_end(view(), end);
}

}  // namespace scoregate::rpc
