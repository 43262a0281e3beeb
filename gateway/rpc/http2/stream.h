// One call on its HTTP/2 stream: what came in, what goes out, and the handler between.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/grpcwire/frame.h"
#include "gateway/lane/signal.h"
#include "gateway/rpc/call_view.h"
#include "gateway/rpc/compression.h"
#include "gateway/rpc/http2/fill.h"
#include "gateway/rpc/http2/in_queue.h"
#include "gateway/rpc/http2/out_queue.h"
#include "gateway/rpc/http2/request_head.h"
#include "gateway/rpc/outcome.h"
#include "gateway/rpc/router.h"

namespace scoregate::rpc {

class Session;
class Turns;
struct SessionContext;

/// The state that every Call of one call shares, counted by its handles and its session; outlives
/// the connection and then only answers "over", or null. Runs no handler and ends no session before
/// the session's turn is over (see Session::Turn).
class Stream {
 public:
  Stream(Session& session, std::int32_t id);
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void AddReference() { ++references_; }
  void ReleaseReference() {
    if (--references_ == 0) delete this;
  }

  // What the caller's frames bring. `OnClosed`: the HTTP/2 stream is gone, whoever ended it.
  RequestHead& head() { return head_; }
  void OnHead(lane::Clock::time_point now);
  void OnData(std::string_view bytes, bool of_last_frame);
  void OnHalfClose();
  void OnClosed();
  void OnDeadline();
  /// Ends a request that does not come, an answer that is not taken; false where it is neither.
  bool OnSweep(lane::Clock::time_point now);

  // What the session asks for when it writes. FillData gives how much of at most `most` can leave.
  Fill FillData(std::size_t most);
  void MoveData(std::size_t size, std::vector<std::uint8_t>& out);
  bool half_closed() const { return half_closed_; }
  std::span<const grpcwire::MetadataField> late_trailers() const { return late_trailers_; }

  /// Starts or cancels the handler, as decided during the session's turn.
  void RunDecided();

  // What the handler asks for through its Call.
  const CallView& view() const { return head_.view(); }
  bool alive() const { return !ended_; }
  Turns* turns() const;
  void AddInitialMetadata(Metadata fields);
  void SendInitialMetadata();
  SessionContext& context() const { return *context_; }
  ReadNow Read(google::protobuf::MessageLite& message);
  /// The two halves of reading a message elsewhere.
  InMessage TakeMessage();
  bool Accept(const MessageReading& reading);
  const MessageReading& taken() const { return taken_; }
  void SetCompression(AnswerCompression compression) { compression_ = compression; }
  bool NothingMoreToRead() const { return ended_ || half_closed_; }
  bool WantsCompression() const;
  /// A message with its five bytes; a ready one is not compressed here. False: the call is over.
  bool SendFrame(std::string frame);
  bool SendReadyFrame(std::string frame);
  bool HasRoom() const;
  void Finish(Outcome outcome);
  void Fail(const http::Fault& fault);
  lane::Signal& readable();
  lane::Signal& writable();

 private:
  friend class Session;
  ~Stream() = default;

  void Route();
  void AcceptMessage(grpcwire::FrameMessage& message);
  void AnswerPlain();
  void SubmitHeaders();
  void SubmitTrailersOnly();
  void SubmitTrailers();
  void ResumeData();
  void Conclude(Metadata trailers);
  void FailWith(Metadata trailers);
  void DropAnswer();
  void LeaveDeadlines();
  void LetGo(std::size_t size);
  void LetGoOfTaken();
  void LetGoAll();
  void Consume();
  void Report(std::string_view grpc_status, lane::Clock::time_point now);
  void Wake();
  void DecideCancel();
  void Abandon();
  lane::Task<void> RunHandler();

  std::uint32_t references_ = 0;
  std::int32_t id_;
  Session* session_;  // Null once the HTTP/2 stream is gone.
  std::shared_ptr<SessionContext> context_;
  lane::Clock::time_point opened_;
  // When all of the answer was given to the session, or it last waited for others on it.
  std::optional<lane::Clock::time_point> answered_;
  RequestHead head_;
  const Method* method_ = nullptr;
  grpcwire::FrameReader frames_;
  InQueue in_;
  MessageReading taken_;
  // Bytes held (see HeldRequests), the message taken last inflated among them.
  std::size_t held_ = 0;
  std::size_t messages_ = 0;
  std::size_t request_bytes_ = 0;
  bool half_closed_ = false;

  OutQueue out_;
  Metadata initial_;
  Metadata trailers_;
  std::span<const grpcwire::MetadataField> late_trailers_;  // That nghttp2 was not given.
  std::size_t response_bytes_ = 0;
  AnswerCompression compression_;
  bool announced_gzip_ = false;
  bool headers_submitted_ = false;
  bool trailers_submitted_ = false;
  bool deferred_ = false;
  std::optional<HeadKind> plain_;  // Set where the request is no gRPC.
  bool ended_ = false;
  bool has_deadline_ = false;
  bool start_decided_ = false;
  bool cancel_decided_ = false;
  bool handler_runs_ = false;
  boost::asio::cancellation_signal cancel_;
  std::optional<lane::Signal> readable_;
  std::optional<lane::Signal> writable_;
};

}  // namespace scoregate::rpc
