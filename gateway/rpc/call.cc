#include "gateway/rpc/call.h"

#include <google/protobuf/io/coded_stream.h>

#include <boost/asio/async_result.hpp>
#include <cstdint>
#include <memory>

#include "gateway/rpc/http2/stream.h"
#include "gateway/rpc/message_frame.h"
#include "gateway/rpc/schedule/turns.h"
#include "gateway/rpc/sessions.h"

namespace scoregate::rpc {
namespace {

using UseTask = boost::asio::use_awaitable_t<lane::Executor>;
constexpr UseTask kPlainTask;

}  // namespace

Call::Call(Stream* stream) : stream_(stream) {
  stream_->AddReference();
}

Call::Call(const Call& other) : Call(other.stream_) {}

Call::~Call() {
  if (stream_ != nullptr) stream_->ReleaseReference();
}

const CallView& Call::view() const {
  return stream_->view();
}

bool Call::alive() const {
  return stream_->alive();
}

lane::Executor Call::executor() const {
  return stream_->executor();
}

bool Call::HasTurn() const {
  Turns* turns = stream_->turns();
  return turns == nullptr || turns->Has();
}

lane::Task<void> Call::WaitForTurn() {
  Call self = *this;
  Turns* turns = self.stream_->turns();
  if (turns == nullptr) co_return;
  auto wait = [turns](auto handler) {
    auto kept = std::make_shared<decltype(handler)>(std::move(handler));
    turns->Wait([kept] { std::move (*kept)(); });
  };
  co_await boost::asio::async_initiate<const UseTask&, void()>(wait, kPlainTask);
}

bool Call::message_was_compressed() const {
  return stream_->message_was_compressed();
}

void Call::SetCompression(AnswerCompression compression) {
  stream_->SetCompression(compression);
}

void Call::AddInitialMetadata(Metadata fields) {
  stream_->AddInitialMetadata(std::move(fields));
}

void Call::SendInitialMetadata() {
  stream_->SendInitialMetadata();
}

std::optional<std::string> Call::TakeMessage() {
  return stream_->TakeMessage();
}

lane::Task<std::optional<std::string>> Call::ReadMessage() {
  Call self = *this;
  while (true) {
    if (std::optional<std::string> message = self.TakeMessage()) co_return message;
    if (self.stream_->NothingMoreToRead()) co_return std::nullopt;
    bool woken = co_await self.stream_->readable().Wait();
    if (!woken) co_return std::nullopt;
  }
}

bool Call::Parse(const std::string& bytes, google::protobuf::MessageLite& message) {
  // Reads what it knows the size of, so that a length that lies takes no memory.
  if (message.ParseFromString(bytes)) return true;
  // Its limit on nesting comes before the one that requests have of their own.
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                               static_cast<int>(bytes.size()));
  input.SetRecursionLimit(kMaxMessageNesting);
  if (message.ParseFromCodedStream(&input) && input.ConsumedEntireMessage()) return true;
  Fail({http::FaultKind::kRequestMalformed,
        "A message of the request is no valid protobuf: it is cut or of another type, a string in "
        "it is not UTF-8, or it nests deeper than " +
            std::to_string(kMaxMessageNesting) + " messages."});
  return false;
}

lane::Task<bool> Call::Read(google::protobuf::MessageLite& message) {
  Call self = *this;
  std::optional<std::string> bytes = co_await self.ReadMessage();
  if (!bytes) co_return false;
  co_return self.Parse(*bytes, message);
}

bool Call::Send(const google::protobuf::MessageLite& message) {
  return stream_->SendFrame(EncodeMessage(message));
}

lane::Task<bool> Call::Write(const google::protobuf::MessageLite& message) {
  Send(message);
  return WaitForRoom();
}

lane::Task<bool> Call::WriteMessage(std::string_view message) {
  stream_->SendFrame(EncodeMessage(message));
  return WaitForRoom();
}

lane::Task<bool> Call::WaitForRoom() {
  Call self = *this;
  while (self.alive() && !self.stream_->HasRoom()) {
    bool woken = co_await self.stream_->writable().Wait();
    if (!woken) co_return false;
  }
  co_return self.alive();
}

void Call::Finish(Outcome outcome) {
  stream_->Finish(std::move(outcome));
}

void Call::Fail(const http::Fault& fault) {
  stream_->Fail(fault);
}

}  // namespace scoregate::rpc
