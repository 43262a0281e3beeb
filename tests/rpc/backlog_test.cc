// Answers that wait because their caller does not take them: what they hold up, and what ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "echo.pb.h"
#include "gateway/rpc/http2/answer_backlog.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

using namespace std::chrono_literals;

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr char kRepeat[] = "/scoregate.test.Echo/Repeat";
constexpr std::uint16_t kInitialWindowSetting = 4;
constexpr std::uint32_t kWide = 1'000'000;

std::string Call(std::uint32_t stream, std::size_t bytes, test::Action action = test::ACTION_ECHO) {
  test::EchoRequest request;
  request.set_body(std::string(bytes, 'x'));
  request.set_action(action);
  std::string message = Message(request.SerializeAsString());
  std::string frames = RequestHeaders(stream, kUnary);
  for (std::size_t at = 0; at < message.size(); at += kMaxFrameBytes) {
    frames += Data(stream, message.substr(at, kMaxFrameBytes));
  }
  return frames + Data(stream, "", kEndStream);
}

std::string OpenWindows() {
  return Frame(FrameType::kWindowUpdate, kNoFlags, 0, Number32(kWide)) +
         Frame(FrameType::kSettings, kNoFlags, 0, std::string("\0\4", 2) + Number32(kWide));
}

/// A connection whose caller has closed all windows.
MemoryConnection& Shut(MemoryConnection& connection) {
  connection.Send(Preface({{kInitialWindowSetting, 0}}));
  return connection;
}

Limits Soft(std::size_t bytes) {
  Limits limits;
  limits.answer_backlog_bytes = bytes;
  return limits;
}

void ExpectTooMuch(const SeenStream& stream) {
  ASSERT_TRUE(stream.ended);
  ASSERT_EQ(stream.blocks.size(), 1u) << "Trailers-Only, which needs no window";
  EXPECT_EQ(stream.blocks[0][2].second, "8");
  EXPECT_EQ(stream.blocks[0][4].second, "connection_limit");
}

TEST(AnswerBacklog, HasRoomAsTheLimitsSay) {
  Limits limits;
  limits.max_answer_backlog_bytes = 100;
  LaneBudget lane(150);
  AnswerBacklog one(limits, lane);
  EXPECT_TRUE(one.Add(120)) << "the only one of its connection";
  EXPECT_FALSE(one.Add(1));
  {
    AnswerBacklog other(limits, lane);
    EXPECT_TRUE(other.Add(75)) << "the lane has room for 30, and this one's part is 75";
    EXPECT_FALSE(other.Add(1));
    AnswerBacklog third(limits, lane);
    EXPECT_TRUE(third.Add(50)) << "the lane is full, but not on account of this one";
    EXPECT_FALSE(third.Add(1));
    EXPECT_EQ(lane.taken(), 245u);
  }
  EXPECT_EQ(lane.taken(), 120u) << "gone with their connections";
  one.Remove(120, false);
  EXPECT_EQ(lane.taken(), 0u);
  EXPECT_TRUE(one.Add(120));
}

TEST(LaneBudget, AllTogetherHaveNoMoreThanTwiceOfIt) {
  constexpr std::size_t kBudget = 1000;
  constexpr std::size_t kConnections = 50;
  LaneBudget lane(kBudget);
  std::vector<std::size_t> had(kConnections, 0);
  for (std::size_t i = 0; i < kConnections; ++i) lane.Join();
  // The first take all they can, byte by byte, and the others what they are given then.
  for (std::size_t& bytes : had) {
    while (lane.Take(bytes, 1)) ++bytes;
  }
  EXPECT_EQ(had.front(), kBudget);
  EXPECT_THAT(std::span(had).subspan(1), testing::Each(kBudget / kConnections));
  EXPECT_LE(lane.taken(), 2 * kBudget);
}

TEST(AnswerBacklog, OnlyCallsThatHaveEndedHoldUpOthers) {
  Limits limits = Soft(10);
  LaneBudget lane(limits.max_lane_answer_backlog_bytes);
  AnswerBacklog backlog(limits, lane);
  EXPECT_TRUE(backlog.Add(11));
  EXPECT_TRUE(backlog.IsCrowded());
  EXPECT_FALSE(backlog.HoldsBack());
  backlog.Settle(11);
  EXPECT_TRUE(backlog.KeepBack(5));
  EXPECT_FALSE(backlog.HasCleared());
  backlog.Remove(1, true);
  EXPECT_TRUE(backlog.HasCleared());
  EXPECT_TRUE(backlog.HoldsBack()) << "what is held back goes first";
  EXPECT_EQ(backlog.LetGo().window_bytes, 5u);
  EXPECT_FALSE(backlog.KeepBack(5));
}

TEST(Backlog, CallsBeginWhenAnswersHaveLeft) {
  MemoryConnection connection(Soft(10'000));
  Shut(connection).Send(Call(1, 11'000));
  connection.Send(Call(3, 5, test::ACTION_HANG) + Call(5, 5) + Call(7, 5));
  EXPECT_EQ(connection.sightings().started(), 0u);
  EXPECT_EQ(connection.calls(), 4u);
  connection.Send(Reset(5) + OpenWindows());
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_EQ(connection.sightings().started(), 1u);
  EXPECT_TRUE(connection.stream(7).ended);
  EXPECT_TRUE(connection.stream(5).blocks.empty());
}

TEST(Backlog, FewBytesHoldNothingUp) {
  MemoryConnection connection(Soft(10'000));
  Shut(connection).Send(Call(1, 9'000));
  connection.Send(Call(3, 5, test::ACTION_HANG));
  EXPECT_EQ(connection.sightings().started(), 1u);
}

TEST(Backlog, ACallThatWaitsToBeginHasItsDeadline) {
  MemoryConnection connection(Soft(10'000));
  Shut(connection).Send(Call(1, 11'000));
  connection.Send(RequestHeaders(3, kUnary, {{"grpc-timeout", "5m"}}) +
                  Data(3, Message(""), kEndStream));
  EXPECT_FALSE(connection.stream(3).ended);
  connection.RunUntil([&] { return connection.stream(3).ended; });
  ASSERT_EQ(connection.stream(3).blocks.size(), 1u);
  EXPECT_EQ(connection.stream(3).blocks[0][2].second, "4");
  connection.Send(OpenWindows());
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_EQ(connection.calls(), 0u);
}

TEST(Backlog, AnAnswerThatIsNeverTakenLetsTheOthersBegin) {
  Limits limits = Soft(10'000);
  limits.answer_timeout = 20ms;
  MemoryConnection connection(limits);
  Shut(connection).Send(Call(1, 11'000));
  connection.Send(Call(3, 5, test::ACTION_HANG));
  EXPECT_EQ(connection.sightings().started(), 0u);
  connection.RunUntil([&] { return connection.sightings().started() > 0; });
  EXPECT_TRUE(connection.stream(1).reset.has_value());
  EXPECT_EQ(connection.sightings().started(), 1u);
}

TEST(Backlog, WindowsStayClosedMeanwhile) {
  Limits limits = Soft(10'000);
  limits.call_window_bytes = 130'000;
  limits.connection_window_bytes = 256 * 1024;
  MemoryConnection connection(limits);
  Shut(connection).Send(Call(1, 11'000));
  std::uint64_t before = connection.stream(0).window;
  connection.Send(Call(3, 120'000) + Call(5, 100'000));
  EXPECT_EQ(connection.stream(0).window, before);
  EXPECT_EQ(connection.stream(3).window, 0u);
  connection.Send(OpenWindows());
  EXPECT_TRUE(connection.stream(3).ended);
  EXPECT_TRUE(connection.stream(5).ended);
  EXPECT_GE(connection.stream(0).window, before + 220'000);
}

TEST(Backlog, AnAnswerOverTheLimitIsRefusedAndASmallerOneIsNot) {
  Limits limits;
  limits.max_answer_backlog_bytes = 50'000;
  MemoryConnection connection(limits);
  Shut(connection).Send(Call(1, 30'000) + Call(3, 30'000) + Call(5, 10'000));
  EXPECT_FALSE(connection.stream(1).ended);
  ExpectTooMuch(connection.stream(3));
  EXPECT_FALSE(connection.stream(5).ended);
  connection.Send(OpenWindows());
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_TRUE(connection.stream(5).ended);
  connection.Send(Call(7, 60'000));
  EXPECT_EQ(connection.stream(7).blocks.size(), 2u) << "the only one may be larger";
}

TEST(Backlog, AFullLaneTakesNoMoreOfAConnectionThatHasMuch) {
  Limits limits = Soft(20'000);
  limits.max_lane_answer_backlog_bytes = 40'000;
  MemoryConnection connection(limits);
  Shut(connection).Send(Call(1, 15'000) + Call(3, 30'000) + Call(5, 1'000));
  ExpectTooMuch(connection.stream(3));
  EXPECT_EQ(connection.calls(), 2u);
}

TEST(Backlog, AWriterWaitsWithOneMessageWhereMuchWaits) {
  Limits limits = Soft(1'000);
  limits.max_answer_backlog_bytes = 12'000;
  MemoryConnection connection(limits);
  constexpr std::uint32_t kCount = 20;
  test::EchoRequest request;
  request.set_body(std::string(5'000, 'x'));
  request.set_count(kCount);
  std::string frames;
  for (std::uint32_t stream : {1u, 3u}) {
    frames += RequestHeaders(stream, kRepeat) +
              Data(stream, Message(request.SerializeAsString()), kEndStream);
  }
  Shut(connection).Send(frames);
  EXPECT_FALSE(connection.stream(1).ended) << "it waits, and does not fail";
  connection.Send(OpenWindows());
  for (std::uint32_t stream : {1u, 3u}) {
    EXPECT_TRUE(connection.stream(stream).ended);
    EXPECT_GT(connection.stream(stream).data.size(), kCount * 5'000);
  }
}

}  // namespace
}  // namespace scoregate::rpc
