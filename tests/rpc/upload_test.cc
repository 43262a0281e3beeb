// Many large requests at once: they take memory one after another, and none of them is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "echo.pb.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr char kChat[] = "/scoregate.test.Echo/Chat";
constexpr std::size_t kWindow = 65'535;
constexpr std::int64_t kFirstConnectionWindow = 65'535;
constexpr std::uint16_t kInitialWindowSetting = 4;
// Of one frame, for which the window of a whole message has room.
constexpr std::size_t kPadding = 256;

std::string Upload(std::size_t bytes) {
  test::EchoRequest request;
  request.set_body(std::string(bytes, 'x'));
  return Message(request.SerializeAsString());
}

void ExpectAnswered(MemoryConnection& connection, std::uint32_t id) {
  const SeenStream& stream = connection.stream(id);
  ASSERT_TRUE(stream.ended) << id;
  EXPECT_EQ(stream.blocks.back()[0].second, "0") << id;
}

/// Sends messages on many calls, a frame of each in turn, as far as the windows allow.
class Uploader {
 public:
  /// The same bytes on so many calls of that method.
  Uploader(MemoryConnection& connection, std::size_t calls, std::string bytes)
      : Uploader(connection, std::vector<std::string>(calls, std::move(bytes))) {}
  /// A call for each.
  Uploader(MemoryConnection& connection, std::vector<std::string> uploads)
      : connection_(connection), uploads_(std::move(uploads)), sent_(uploads_.size(), 0) {}

  static std::uint32_t Id(std::size_t call) { return static_cast<std::uint32_t>(2 * call + 1); }

  void Begin(const char* method = kUnary) {
    for (std::size_t call = 0; call < sent_.size(); ++call) {
      connection_.Send(RequestHeaders(Id(call), method));
    }
  }

  /// False where no call may send anything.
  bool SendRound() {
    bool any = false;
    for (std::size_t call = 0; call < sent_.size(); ++call) any = SendFrame(call) || any;
    return any;
  }

  bool SendFrame(std::size_t call) {
    const std::size_t left = uploads_[call].size() - sent_[call];
    const std::int64_t window = std::min(WindowOf(call), ConnectionWindow());
    if (left == 0 || window <= 0) return false;
    const std::size_t size =
        std::min({left, std::size_t{kMaxFrameBytes}, static_cast<std::size_t>(window)});
    connection_.Send(Data(Id(call), uploads_[call].substr(sent_[call], size),
                          size == left && call != kept_open_ ? kEndStream : kNoFlags));
    sent_[call] += size;
    total_ += size;
    if (acknowledges_) Acknowledge();
    return true;
  }

  /// The first SETTINGS are acknowledged by the preface.
  void Acknowledge() {
    acknowledges_ = true;
    while (acknowledged_ < connection_.seen().settings_frames) {
      ++acknowledged_;
      connection_.Send(Frame(FrameType::kSettings, kAck, 0, ""));
    }
  }
  void AcknowledgeNothing() { acknowledges_ = false; }
  /// That call is not half-closed when all of it is sent.
  void KeepOpen(std::size_t call) { kept_open_ = call; }

  /// What the caller may send; below 0 where SETTINGS have taken away more than was left.
  std::int64_t WindowOf(std::size_t call) {
    return CallWindow() + static_cast<std::int64_t>(connection_.stream(Id(call)).window) -
           static_cast<std::int64_t>(sent_[call]);
  }
  std::int64_t ConnectionWindow() {
    return kFirstConnectionWindow + static_cast<std::int64_t>(connection_.stream(0).window) -
           static_cast<std::int64_t>(total_);
  }
  std::int64_t CallWindow() { return connection_.seen().settings[kInitialWindowSetting]; }
  std::size_t total() const { return total_; }

 private:
  MemoryConnection& connection_;
  std::vector<std::string> uploads_;
  std::vector<std::size_t> sent_;
  std::size_t total_ = 0;
  std::size_t acknowledged_ = 1;
  bool acknowledges_ = true;
  std::optional<std::size_t> kept_open_;
};

TEST(Upload, AHundredLargeMessagesAreTakenOneAfterAnother) {
  constexpr std::size_t kCalls = 100;
  constexpr std::size_t kMessage = 400'000;
  Limits limits;
  limits.call_window_bytes = kWindow;
  limits.held_in_any_order_bytes = 100'000;
  // What may be held in any order, what is on its way meanwhile, the narrow windows and one
  // message. All messages are forty times as much.
  limits.max_held_bytes = 100'000 + limits.connection_window_bytes +
                          kCalls * kNarrowCallWindowBytes + kMessage + kWindow;
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
  EXPECT_EQ(uploader.WindowOf(0),
            static_cast<std::int64_t>(message.size() - kMaxFrameBytes + kPadding))
      << "what is left of it";
  EXPECT_LE(uploader.WindowOf(1), std::int64_t{kWindow});
  while (uploader.SendRound()) {
  }
  for (std::uint32_t id : {1u, 3u}) ExpectAnswered(connection, id);
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
    EXPECT_LE(uploader.WindowOf(1), 0) << "it waits for the other";
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(uploader.SendFrame(0)) << i;
    EXPECT_LE(uploader.WindowOf(1), 0);
    connection.Send(row.end());
    EXPECT_GT(uploader.WindowOf(1), 0);
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
  connection.Send(WidePreface());
  const std::string large = Upload(1'000'000);
  Uploader uploader(connection, {Message(hang.SerializeAsString()) + Message("") + large, large});
  uploader.Begin(kChat);
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(uploader.SendFrame(0)) << i;
  while (uploader.SendFrame(1)) {
  }
  EXPECT_TRUE(connection.stream(3).ended);
  EXPECT_FALSE(connection.stream(1).ended);
}

TEST(Upload, WindowsAreNarrowWhileMuchIsHeld) {
  Limits limits;
  limits.call_window_bytes = kWindow;
  limits.held_in_any_order_bytes = 100'000;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  Uploader uploader(connection, 4, Upload(60'000));
  uploader.Begin();
  EXPECT_EQ(uploader.CallWindow(), std::int64_t{kWindow});
  uploader.SendRound();
  EXPECT_EQ(uploader.CallWindow(), std::int64_t{kWindow}) << "little is held";
  uploader.SendRound();
  EXPECT_EQ(uploader.CallWindow(), kNarrowCallWindowBytes);
  while (uploader.SendRound()) {
  }
  connection.Send(Frame(FrameType::kPing, kNoFlags, 0, "8 bytes."));
  EXPECT_EQ(uploader.CallWindow(), std::int64_t{kWindow}) << "nothing is held any more";
  for (std::size_t call = 0; call < 4; ++call) ExpectAnswered(connection, Uploader::Id(call));
}

// It may not know yet that it is to send less, or not care.
TEST(Upload, WhoDoesNotAcknowledgeNarrowWindowsGetsNoMoreOfTheConnections) {
  Limits limits;
  limits.call_window_bytes = kWindow;
  limits.held_in_any_order_bytes = 100'000;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  Uploader uploader(connection, 100, Upload(1'000'000));
  uploader.AcknowledgeNothing();
  uploader.Begin();
  // A caller that holds against its windows what SETTINGS took away would stop sooner.
  while (uploader.ConnectionWindow() > 0 && uploader.SendRound()) {
  }
  EXPECT_LE(uploader.total(), limits.held_in_any_order_bytes + limits.connection_window_bytes);
  EXPECT_EQ(connection.seen().settings_frames, 2u) << "no more before that one is acknowledged";
  uploader.Acknowledge();
  while (uploader.SendRound()) {
  }
  for (std::size_t call = 0; call < 100; ++call) ExpectAnswered(connection, Uploader::Id(call));
}

// Else a caller could send a whole message on every call.
TEST(Upload, AWholeMessageKeepsItsTurnUntilItsCallerHasHalfClosed) {
  Limits limits;
  limits.call_window_bytes = kWindow;
  limits.held_in_any_order_bytes = 20'000;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  const std::string message = Upload(300'000);
  Uploader uploader(connection, 2, message);
  uploader.KeepOpen(0);
  uploader.Begin();
  uploader.SendFrame(0);
  while (uploader.SendFrame(1)) {
  }
  while (uploader.SendFrame(0)) {
  }
  EXPECT_LE(uploader.WindowOf(1), 0) << "its turn has not come";
  connection.Send(Data(1, "", kEndStream));
  while (uploader.SendFrame(1)) {
  }
  for (std::uint32_t id : {1u, 3u}) ExpectAnswered(connection, id);
}

TEST(Upload, AHalfMessageOfAStreamDoesNotKeepOthersWaitingForEver) {
  Limits limits;
  limits.call_window_bytes = kWindow;
  limits.held_in_any_order_bytes = 20'000;
  limits.request_timeout = std::chrono::milliseconds(60);
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  const std::string message = Upload(100'000);
  Uploader uploader(connection, 2, message);
  uploader.Begin(kChat);
  uploader.SendFrame(0);
  while (uploader.SendFrame(1)) {
  }
  EXPECT_FALSE(connection.stream(3).ended);
  connection.RunUntil([&] { return connection.stream(1).ended; });
  const std::pair<std::string, std::string> late("grpc-status", "4");
  EXPECT_EQ(std::ranges::count(connection.stream(1).blocks.back(), late), 1);
  uploader.Acknowledge();
  while (uploader.SendFrame(1)) {
  }
  ExpectAnswered(connection, 3);
}

// Whatever is sent in whatever order, nobody waits for ever; also where windows stay narrow,
// because a call holds much that its handler does not take.
TEST(Upload, AnyOrderComesToItsEnd) {
  test::EchoRequest hang;
  hang.set_action(test::ACTION_HANG);
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    std::minstd_rand random(seed);
    const bool stay_narrow = seed % 2 == 1;
    Limits limits;
    limits.call_window_bytes = kWindow;
    limits.held_in_any_order_bytes = stay_narrow ? 20'000 : 50'000 + random() % 100'000;
    MemoryConnection connection(limits);
    connection.Send(WidePreface());
    constexpr std::size_t kCalls = 8;
    std::vector<std::string> uploads(kCalls);
    if (stay_narrow) {
      uploads.push_back(Message(hang.SerializeAsString()) + Upload(50'000) + Upload(300'000));
    }
    for (std::size_t call = 0; call < kCalls; ++call) {
      for (std::size_t size : {random() % 300'000, random() % 3'000, random() % 100'000}) {
        uploads[call] += Upload(size);
      }
    }
    Uploader uploader(connection, uploads);
    uploader.Begin(kChat);
    while (stay_narrow && uploader.SendFrame(kCalls)) {
    }
    std::size_t idle = 0;
    while (idle < kCalls * 4) idle = uploader.SendFrame(random() % kCalls) ? 0 : idle + 1;
    while (uploader.SendRound()) {
    }
    EXPECT_TRUE(connection.seen().goaways.empty());
    for (std::size_t call = 0; call < kCalls; ++call) {
      ExpectAnswered(connection, Uploader::Id(call));
    }
  }
}

}  // namespace
}  // namespace scoregate::rpc
