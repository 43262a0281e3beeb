// Many large requests at once: they take memory one after another, and none of them is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "echo.pb.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr std::size_t kWindow = 65'535;
constexpr std::size_t kFirstConnectionWindow = 65'535;

std::string Upload(std::size_t bytes) {
  test::EchoRequest request;
  request.set_body(std::string(bytes, 'x'));
  return Message(request.SerializeAsString());
}

/// Sends the same message on many calls, a frame of each in turn, as far as the windows allow.
class Uploader {
 public:
  Uploader(MemoryConnection& connection, std::size_t calls, std::string message)
      : connection_(connection), message_(std::move(message)), sent_(calls, 0) {}

  static std::uint32_t Id(std::size_t call) { return static_cast<std::uint32_t>(2 * call + 1); }

  void Begin() {
    for (std::size_t call = 0; call < sent_.size(); ++call) {
      connection_.Send(RequestHeaders(Id(call), kUnary));
    }
  }

  /// False where no call may send anything.
  bool SendRound() {
    bool any = false;
    for (std::size_t call = 0; call < sent_.size(); ++call) any = SendFrame(call) || any;
    return any;
  }

  bool SendFrame(std::size_t call) {
    std::size_t left = message_.size() - sent_[call];
    std::size_t size = std::min({left, std::size_t{kMaxFrameBytes}, WindowOf(call),
                                 kFirstConnectionWindow + connection_.stream(0).window - total_});
    if (size == 0) return false;
    connection_.Send(
        Data(Id(call), message_.substr(sent_[call], size), size == left ? kEndStream : kNoFlags));
    sent_[call] += size;
    total_ += size;
    return true;
  }

  std::size_t WindowOf(std::size_t call) {
    return kWindow + connection_.stream(Id(call)).window - sent_[call];
  }

 private:
  MemoryConnection& connection_;
  std::string message_;
  std::vector<std::size_t> sent_;
  std::size_t total_ = 0;
};

TEST(Upload, AHundredLargeMessagesAreTakenOneAfterAnother) {
  constexpr std::size_t kCalls = 100;
  constexpr std::size_t kMessage = 400'000;
  Limits limits;
  limits.call_window_bytes = kWindow;
  limits.held_in_any_order_bytes = 100'000;
  // What all may send at once, and one message. All messages are four times as much.
  limits.max_held_bytes = kCalls * kWindow + kMessage + 100'000 + kFirstConnectionWindow;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  Uploader uploader(connection, kCalls, Upload(kMessage));
  uploader.Begin();
  while (uploader.SendRound()) {
  }
  for (std::size_t call = 0; call < kCalls; ++call) {
    SeenStream& stream = connection.stream(Uploader::Id(call));
    ASSERT_TRUE(stream.ended) << call;
    EXPECT_EQ(stream.blocks.back()[0].second, "0") << call;
    EXPECT_GT(stream.data.size(), kMessage) << call;
  }
}

TEST(Upload, TheFirstMayBeSentWholeAndNoOther) {
  const std::string message = Upload(1'000'000);
  Limits limits;
  limits.call_window_bytes = kWindow;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  Uploader uploader(connection, 2, message);
  uploader.Begin();
  uploader.SendFrame(0);
  uploader.SendFrame(1);
  EXPECT_EQ(uploader.WindowOf(0), message.size() - kMaxFrameBytes) << "what is left of it";
  EXPECT_LE(uploader.WindowOf(1), kWindow);
  while (uploader.SendRound()) {
  }
  for (std::uint32_t id : {1u, 3u}) {
    EXPECT_EQ(connection.stream(id).blocks.back()[0].second, "0") << id;
  }
}

TEST(Upload, TheOneThatBeganFirstGoesOnAndTheNextWhenItIsGone) {
  constexpr std::size_t kMessage = 1'000'000;
  struct Case {
    const char* name;
    std::string (*end)();
  };
  const Case cases[] = {
      {"reset", [] { return Reset(1); }},
      {"broken off", [] { return Data(1, "", kEndStream); }},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    Limits limits;
    limits.call_window_bytes = kWindow;
    limits.held_in_any_order_bytes = 20'000;
    MemoryConnection connection(limits);
    connection.Send(WidePreface());
    Uploader uploader(connection, 2, Upload(kMessage));
    uploader.Begin();
    uploader.SendFrame(0);
    while (uploader.SendFrame(1)) {
    }
    EXPECT_EQ(uploader.WindowOf(1), 0u) << "it waits for the other";
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(uploader.SendFrame(0)) << i;
    EXPECT_EQ(uploader.WindowOf(1), 0u);
    connection.Send(row.end());
    EXPECT_GT(uploader.WindowOf(1), 0u);
    while (uploader.SendFrame(1)) {
    }
    EXPECT_TRUE(connection.stream(3).ended);
    EXPECT_EQ(connection.stream(3).blocks.back()[0].second, "0");
  }
}

// It could not send on even with a window, so others must not wait for it.
TEST(Upload, AMessageBehindOneThatNoHandlerTakesKeepsNobodyWaiting) {
  Limits limits;
  limits.call_window_bytes = kWindow;
  limits.held_in_any_order_bytes = 20'000;
  MemoryConnection connection(limits);
  test::EchoRequest hang;
  hang.set_action(test::ACTION_HANG);
  connection.Send(WidePreface() + RequestHeaders(1, "/scoregate.test.Echo/Chat") +
                  Data(1, Message(hang.SerializeAsString())) + Data(1, Message("")) +
                  Data(1, Upload(1'000'000).substr(0, kMaxFrameBytes)) +
                  Data(1, std::string(kMaxFrameBytes, 'x')));
  connection.Send(RequestHeaders(3, kUnary));
  const std::string message = Upload(1'000'000);
  std::size_t sent = 0;
  while (sent < message.size()) {
    const std::size_t window = kWindow + connection.stream(3).window - sent;
    const std::size_t size = std::min({message.size() - sent, std::size_t{kMaxFrameBytes}, window});
    ASSERT_GT(size, 0u) << "after " << sent;
    const bool last = sent + size == message.size();
    connection.Send(Data(3, message.substr(sent, size), last ? kEndStream : kNoFlags));
    sent += size;
  }
  EXPECT_TRUE(connection.stream(3).ended);
  EXPECT_FALSE(connection.stream(1).ended);
}

}  // namespace
}  // namespace scoregate::rpc
