// The handle by which a handler reads, answers and watches its call.
#pragma once

#include <google/protobuf/message_lite.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/lane/task.h"
#include "gateway/rpc/call_view.h"
#include "gateway/rpc/compression.h"
#include "gateway/rpc/outcome.h"

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
  lane::Task<void> WaitForTurn();

  /// Fields for the initial metadata, added to those given before. They leave with the first
  /// message or with an OK end; on an end that is not OK before the first message they are dropped,
  /// because initial metadata would commit the call and switch the caller's retries off.
  void AddInitialMetadata(Metadata fields);
  /// Sends the initial metadata now, whatever the end will be.
  void SendInitialMetadata();

  /// The next message of the request, or nothing at the half-close or when the call is over. One
  /// reader at a time. A message that is not taken keeps the caller's flow-control window small.
  lane::Task<std::optional<std::string>> ReadMessage();
  /// The same without waiting: nothing where no message is there yet.
  std::optional<std::string> TakeMessage();
  /// Whether the message that was taken last came compressed.
  bool message_was_compressed() const;
  /// Parses. Where that fails, the call is ended with kRequestMalformed, and false is returned.
  bool Parse(const std::string& bytes, google::protobuf::MessageLite& message);
  /// Reads and parses. False like "nothing" above, and for a message that is no protobuf: then the
  /// call has been ended with kRequestMalformed.
  lane::Task<bool> Read(google::protobuf::MessageLite& message);

  /// Departs from the sessions' answer_compression for the messages sent from here on. Compression
  /// that was off when the initial metadata left stays off.
  void SetCompression(AnswerCompression compression);

  /// Sends a message and waits until there is room for another: kWriteQueueBytes wait at most, and
  /// none where much waits on the connection (Limits::answer_backlog_bytes).
  /// False where the call is over. Several coroutines of the lane may write; each message stays
  /// whole.
  lane::Task<bool> Write(const google::protobuf::MessageLite& message);
  lane::Task<bool> WriteMessage(std::string_view message);
  /// Sends without waiting. False where the call is over, or ends because there is no room at all
  /// (Limits::max_answer_backlog_bytes).
  bool Send(const google::protobuf::MessageLite& message);

  /// Ends the call before the handler returns; the handler's own Outcome is then not used.
  void Finish(Outcome outcome);
  /// Ends the call as the FailureWriter writes it.
  void Fail(const http::Fault& fault);

 private:
  lane::Task<bool> WaitForRoom();

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
