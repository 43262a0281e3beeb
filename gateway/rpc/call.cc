#include "gateway/rpc/call.h"

#include <string>
#include <utility>

#include "gateway/lane/suspend.h"
#include "gateway/rpc/http2/session_context.h"
#include "gateway/rpc/http2/stream.h"
#include "gateway/rpc/message_frame.h"
#include "gateway/rpc/schedule/turns.h"
#include "gateway/rpc/sessions.h"

namespace scoregate::rpc {
namespace {

// From how many bytes on a message that is not compressed is serialized aside: most of its bytes
// are only copied.
constexpr std::size_t kSerializedAsideBytes = 4 * lane::kAsideBytes;

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
  return stream_->context().executor;
}

bool Call::HasTurn() const {
  Turns* turns = stream_->turns();
  return turns == nullptr || turns->Has();
}

lane::Task<void> Call::WaitForTurn() {
  auto wait = [turns = stream_->turns()](lane::GoOn go_on, auto) { turns->Wait(std::move(go_on)); };
  return lane::Suspend(wait);
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

lane::Task<bool> Call::Read(google::protobuf::MessageLite& message) {
  Call self = *this;
  while (true) {
    const ReadNow read = self.ReadAtOnce(message);
    if (read == ReadNow::kRead) co_return true;
    if (read == ReadNow::kLong) co_return co_await self.ReadAside(message);
    if (self.stream_->NothingMoreToRead()) co_return false;
    bool woken = co_await self.stream_->readable().Wait();
    if (!woken) co_return false;
  }
}

ReadNow Call::ReadAtOnce(google::protobuf::MessageLite& message) {
  return stream_->Read(message);
}

lane::Task<bool> Call::ReadAside(google::protobuf::MessageLite& message) {
  Call self = *this;
  const Limits& limits = self.stream_->context().options.limits;
  InMessage taken = self.stream_->TakeMessage();
  MessageReading reading;
  auto read = [&] {
    reading = ReadLargeMessage(std::move(taken),
                               {limits.max_message_bytes, limits.max_inflate_ratio}, message);
  };
  co_await self.BesideLane(lane::Aside::Place::kBegins, read);
  co_return self.stream_->Accept(reading);
}

const MessageReading& Call::message_read() const {
  return stream_->taken();
}

lane::Task<void> Call::RunAside(std::function<void()> piece) {
  return BesideLane(lane::Aside::Place::kGoesOn, std::move(piece));
}

// A call whose connection is gone is in nobody's way.
lane::Task<void> Call::BesideLane(lane::Aside::Place place, std::function<void()> piece) {
  Turns* turns = stream_->turns();
  return stream_->context().aside.Run(turns == nullptr ? lane::Aside::MakeLine() : turns->line(),
                                      place, std::move(piece));
}

bool Call::Send(const google::protobuf::MessageLite& message) {
  return stream_->SendFrame(EncodeMessage(message, message.ByteSizeLong()));
}

bool Call::SendAtOnce(const google::protobuf::MessageLite& message) {
  const std::size_t size = message.ByteSizeLong();
  if (size >= lane::kAsideBytes && (size >= kSerializedAsideBytes || stream_->WantsCompression())) {
    return false;
  }
  stream_->SendFrame(EncodeMessage(message, size));
  return true;
}

lane::Task<void> Call::SendAside(const google::protobuf::MessageLite& message) {
  Call self = *this;
  const bool compress = self.stream_->WantsCompression();
  std::string frame;
  auto encode = [&] { frame = EncodeLargeMessage(message, compress); };
  co_await self.RunAside(encode);
  self.stream_->SendReadyFrame(std::move(frame));
}

lane::Task<bool> Call::Write(const google::protobuf::MessageLite& message) {
  if (!SendAtOnce(message)) return WriteAside(message);
  return WaitForRoom();
}

lane::Task<bool> Call::WriteAside(const google::protobuf::MessageLite& message) {
  Call self = *this;
  co_await self.SendAside(message);
  co_return co_await self.WaitForRoom();
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
