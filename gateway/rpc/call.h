// The handle by which a handler reads, answers and watches its call.
#pragma once

#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <functional>
#include <utility>

#include "gateway/lane/aside.h"
#include "gateway/lane/task.h"
#include "gateway/rpc/call_view.h"
#include "gateway/rpc/compression.h"
#include "gateway/rpc/outcome.h"
#include "gateway/rpc/request_message.h"

namespace scoregate::rpc {

class Stream;

/// How deep messages of a request may nest in each other. Each level takes some hundred bytes of
/// stack while it is parsed. A google.protobuf.Value nests two for each list and three for each
/// struct, so that whoever checks the depth of values sees more than 300 of either.
inline constexpr int kMaxMessageNesting = 1000;

/// A small handle, passed by value; copies mean the same call. The call may end at any suspension
/// (the caller resets it, its connection breaks, its deadline passes): from then on alive() is
/// false, everything here does nothing, and the handler's coroutine is cancelled: the operation
/// that it waits for is aborted at once, and its next co_await throws, which rpc catches. A handler
/// therefore keeps what has to be undone in destructors. On the call's lane only; not copied to
/// another thread.
class Call {
 public:
  explicit Call(Stream* stream);
  Call(const Call& other);
  Call(Call&& other) noexcept : stream_(std::exchange(other.stream_, nullptr)) {}
  Call& operator=(Call other) noexcept {
    std::swap(stream_, other.stream_);
    return *this;
  }
  ~Call();

  /// What the caller said; valid as long as this handle, also after the end.
  const CallView& view() const;
  /// Whether the call can still be answered.
  bool alive() const;
  lane::Executor executor() const;

  /// Whether the handler can go on at once with what may take some hundred microseconds; where it
  /// cannot, other connections of the lane have their turn first. Asked before each such piece.
  ///
  ///   if (!call.HasTurn()) co_await call.WaitForTurn();
  bool HasTurn() const;
  /// Only where HasTurn() is false.
  lane::Task<void> WaitForTurn();

  /// Fields for the initial metadata, added to those given before. They leave with the first
  /// message or with an OK end; on an end that is not OK before the first message they are dropped,
  /// because initial metadata would commit the call and switch the caller's retries off.
  void AddInitialMetadata(Metadata fields);
  /// Sends the initial metadata now, whatever the end will be.
  void SendInitialMetadata();

  /// The next message of the request. False at the half-close, when the call is over, and for a
  /// message that cannot be read: then the call has been ended. One reader at a time. A message
  /// that is not read keeps the caller's flow-control window small.
  lane::Task<bool> Read(google::protobuf::MessageLite& message);
  /// The same without waiting.
  ReadNow ReadAtOnce(google::protobuf::MessageLite& message);
  /// After kLong: reads that message beside the lane.
  lane::Task<bool> ReadAside(google::protobuf::MessageLite& message);
  /// The message that was read last.
  const MessageReading& message_read() const;

  /// Runs a piece of work that takes long (lane::kAsideBytes) beside the lane. It runs to its end
  /// whatever becomes of the call: what it touches is the calling coroutine's, or never changes.
  ///
  ///   co_await call.RunAside([&] { body = Encode(request); });
  ///   if (!call.alive()) co_return Outcome();
  lane::Task<void> RunAside(std::function<void()> piece);

  /// Departs from the sessions' answer_compression for the messages sent from here on. Compression
  /// that was off when the initial metadata left stays off.
  void SetCompression(AnswerCompression compression);

  /// Sends a message and waits until there is room for another: kWriteQueueBytes wait at most, and
  /// none where much waits on the connection (Limits::answer_backlog_bytes).
  /// False where the call is over. Several coroutines of the lane may write; each message stays
  /// whole.
  lane::Task<bool> Write(const google::protobuf::MessageLite& message);
  /// Sends without waiting. False where the call is over, or ends because there is no room at all
  /// (Limits::max_answer_backlog_bytes).
  bool Send(const google::protobuf::MessageLite& message);
  /// The same, but for a large message, which is not sent: then it gives false, and SendAside makes
  /// it ready beside the lane.
  bool SendAtOnce(const google::protobuf::MessageLite& message);
  lane::Task<void> SendAside(const google::protobuf::MessageLite& message);

  /// Ends the call before the handler returns; the handler's own Outcome is then not used.
  void Finish(Outcome outcome);
  /// Ends the call as the FailureWriter writes it.
  void Fail(const http::Fault& fault);

 private:
  lane::Task<bool> WaitForRoom();
  lane::Task<bool> WriteAside(const google::protobuf::MessageLite& message);
  lane::Task<void> BesideLane(lane::Aside::Place place, std::function<void()> piece);

  Stream* stream_;
};

/// Reads the messages of a streaming request as what they are.
///
///   Row row;
///   while (co_await reader.Read(row)) sum += row.value();
template <typename Message>
class Reader {
 public:
  explicit Reader(Call call) : call_(std::move(call)) {}
  /// See Call::Read.
  lane::Task<bool> Read(Message& message) { return call_.Read(message); }

 private:
  Call call_;
};

/// Writes the messages of a streaming answer.
template <typename Message>
class Writer {
 public:
  explicit Writer(Call call) : call_(std::move(call)) {}
  /// See Call::Write.
  lane::Task<bool> Write(const Message& message) { return call_.Write(message); }
  /// See Call::Send.
  bool Send(const Message& message) { return call_.Send(message); }

 private:
  Call call_;
};

}  // namespace scoregate::rpc
