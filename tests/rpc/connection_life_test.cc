// How long connections live: what is due when, and what a caller sees of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "echo.pb.h"
#include "gateway/rpc/http2/connection_life.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

using namespace std::chrono_literals;
using Due = ConnectionLife::Due;
using Time = ConnectionLife::Time;

const Time kStart = Time(1000h);

TEST(ConnectionLife, WithoutLimitsNothingIsDue) {
  ConnectionPolicy policy;
  ConnectionLife life(policy, kStart, 1);
  life.OnGreeted(kStart);
  EXPECT_EQ(life.Next(), Time::max());
  EXPECT_EQ(life.Take(kStart + 10000h), Due::kNothing);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(life.OnPing(kStart));
}

TEST(ConnectionLife, AgeVariesByATenthAndIsFollowedByTheGrace) {
  ConnectionPolicy policy;
  policy.max_age = 100s;
  policy.max_age_grace = 7s;
  for (const auto& [jitter, age] : {std::pair(-1.0, 90s), {0.0, 100s}, {1.0, 110s}}) {
    ConnectionLife life(policy, kStart, jitter);
    life.OnGreeted(kStart);
    EXPECT_EQ(life.Next(), kStart + age);
    EXPECT_EQ(life.Take(kStart + age - 1ms), Due::kNothing);
    EXPECT_EQ(life.Take(kStart + age), Due::kDrain);
    EXPECT_EQ(life.Take(kStart + age), Due::kNothing) << "told once";
    EXPECT_EQ(life.Next(), kStart + age + 7s);
    EXPECT_EQ(life.Take(kStart + age + 7s), Due::kCut);
    EXPECT_EQ(life.Next(), Time::max());
  }
}

TEST(ConnectionLife, OnlyTimeWithoutCallsIsIdle) {
  ConnectionPolicy policy;
  policy.max_idle = 10s;
  ConnectionLife life(policy, kStart, 0);
  life.OnGreeted(kStart);
  EXPECT_EQ(life.Next(), kStart + 10s);
  life.OnCalls(1, kStart + 9s);
  EXPECT_EQ(life.Next(), Time::max());
  EXPECT_EQ(life.Take(kStart + 100s), Due::kNothing);
  life.OnCalls(0, kStart + 100s);
  life.OnBytes(kStart + 105s);
  EXPECT_EQ(life.Take(kStart + 109s), Due::kNothing);
  EXPECT_EQ(life.Take(kStart + 110s), Due::kDrain);
  EXPECT_EQ(life.Next(), Time::max()) << "no grace: there are no calls";
}

TEST(ConnectionLife, ASilentCallerIsPingedAndThenGone) {
  ConnectionPolicy policy;
  policy.keepalive_interval = 60s;
  policy.keepalive_timeout = 5s;
  ConnectionLife life(policy, kStart, 0);
  life.OnBytes(kStart + 10s);
  EXPECT_EQ(life.Next(), kStart + 70s);
  EXPECT_EQ(life.Take(kStart + 69s), Due::kNothing);
  EXPECT_EQ(life.Take(kStart + 70s), Due::kPing);
  EXPECT_EQ(life.Take(kStart + 74s), Due::kNothing);
  life.OnBytes(kStart + 74s);
  EXPECT_EQ(life.Next(), kStart + 134s);
  EXPECT_EQ(life.Take(kStart + 134s), Due::kPing);
  EXPECT_EQ(life.Take(kStart + 139s), Due::kGone);
}

// One ping after another: after what time, with or without calls and an answer before it, and
// whether it is still let pass.
struct PingStep {
  std::chrono::milliseconds after;
  bool calls;
  bool answered;
  bool allowed;
};

TEST(ConnectionLife, PingsAreCountedAsGrpcDoes) {
  const std::pair<const char*, std::vector<PingStep>> cases[] = {
      {"two early ones are let pass",
       {{0s, true, false, true},
        {1s, true, false, true},
        {1s, true, false, true},
        {1s, true, false, false}}},
      {"late ones never count",
       {{0s, true, false, true},
        {60s, true, false, true},
        {60s, true, false, true},
        {60s, true, false, true},
        {60s, true, false, true}}},
      {"an answer of ours forgives",
       {{0s, true, false, true},
        {1s, true, false, true},
        {1s, true, false, true},
        {1s, true, true, true},
        {1s, true, false, true},
        {1s, true, false, false}}},
      {"without calls two hours have to pass",
       {{0s, false, false, true},
        {60s, false, false, true},
        {119min, false, false, true},
        {120min, false, false, true},
        {60s, false, false, false}}},
  };
  ConnectionPolicy policy;
  policy.min_ping_interval = 60s;
  for (const auto& [name, steps] : cases) {
    SCOPED_TRACE(name);
    ConnectionLife life(policy, kStart, 0);
    Time now = kStart;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      now += steps[i].after;
      life.OnCalls(steps[i].calls ? 1 : 0, now);
      if (steps[i].answered) life.OnAnswer();
      EXPECT_EQ(life.OnPing(now), steps[i].allowed) << i;
    }
  }
  policy.allow_pings_without_calls = true;
  ConnectionLife life(policy, kStart, 0);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(life.OnPing(kStart + i * 60s));
}

std::string Call(std::uint32_t stream, test::Action action) {
  test::EchoRequest request;
  request.set_body("hello");
  request.set_action(action);
  return RequestHeaders(stream, "/scoregate.test.Echo/Chat") +
         Data(stream, Message(request.SerializeAsString()));
}

// What only a hang takes longer than.
constexpr std::chrono::milliseconds kPatience{5000};

// Runs the connection until `done`, or far too long.
template <typename Done>
bool RunUntil(MemoryConnection& connection, Done done) {
  auto give_up = lane::Clock::now() + kPatience;
  while (!done() && lane::Clock::now() < give_up) connection.RunFor(2ms);
  return done();
}

constexpr std::uint32_t kAllStreams = 0x7fffffff;

TEST(ConnectionEnd, AnOldOneIsDrainedAndCutAfterItsGrace) {
  ConnectionPolicy policy;
  policy.max_age = 10ms;
  policy.max_age_grace = 10ms;
  MemoryConnection connection({}, policy);
  connection.Send(Preface() + Call(1, test::ACTION_HANG));
  ASSERT_TRUE(RunUntil(connection, [&] { return connection.stream(1).ended; }));
  EXPECT_EQ(connection.seen().goaways.front().first, kAllStreams);
  EXPECT_EQ(connection.seen().goaways.back(), std::pair(1u, 0u));
  const Fields& trailers = connection.stream(1).blocks.back();
  EXPECT_THAT(trailers, testing::Contains(testing::Pair("x-fault", "shutting_down")));
  EXPECT_THAT(trailers, testing::Contains(testing::Pair(
                            "grpc-message", "The connection has reached its greatest age.")));
}

TEST(ConnectionEnd, AnOldOneLetsItsCallsFinish) {
  ConnectionPolicy policy;
  policy.max_age = 5ms;
  MemoryConnection connection({}, policy);
  connection.Send(Preface() + Call(1, test::ACTION_ECHO));
  ASSERT_TRUE(RunUntil(connection, [&] { return !connection.seen().pings.empty(); }));
  connection.Send(Frame(FrameType::kPing, kAck, 0, connection.seen().pings[0]));
  EXPECT_EQ(connection.seen().goaways.size(), 2u);
  EXPECT_FALSE(connection.ended_writing());
  connection.Send(Data(1, "", kEndStream));
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_TRUE(connection.ended_writing());
}

TEST(ConnectionEnd, AnIdleOneIsDrained) {
  ConnectionPolicy policy;
  policy.max_idle = 5ms;
  MemoryConnection connection({}, policy);
  connection.Send(Preface() + Call(1, test::ACTION_ECHO));
  connection.RunFor(20ms);
  EXPECT_TRUE(connection.seen().goaways.empty()) << "a call is no idleness";
  connection.Send(Data(1, "", kEndStream));
  ASSERT_TRUE(RunUntil(connection, [&] { return !connection.seen().pings.empty(); }));
  connection.Send(Frame(FrameType::kPing, kAck, 0, connection.seen().pings[0]));
  EXPECT_TRUE(connection.ended_writing());
}

TEST(ConnectionEnd, ASilentOneIsPingedAndClosed) {
  ConnectionPolicy policy;
  policy.keepalive_interval = 5ms;
  policy.keepalive_timeout = 20ms;
  MemoryConnection connection({}, policy);
  connection.Send(Preface() + Call(1, test::ACTION_HANG));
  ASSERT_TRUE(RunUntil(connection, [&] { return connection.seen().pings.size() == 1; }));
  connection.Send(Frame(FrameType::kPing, kAck, 0, connection.seen().pings[0]));
  ASSERT_TRUE(RunUntil(connection, [&] { return connection.seen().pings.size() == 2; }));
  EXPECT_FALSE(connection.closed());
  EXPECT_TRUE(RunUntil(connection, [&] { return connection.closed(); }));
  EXPECT_TRUE(connection.seen().goaways.empty()) << "nobody would read it";
}

TEST(ConnectionEnd, TooManyPingsAreSaidInTheWordsThatCallersKnow) {
  ConnectionPolicy policy;
  policy.min_ping_interval = 5min;
  MemoryConnection connection({}, policy);
  const std::string ping = Frame(FrameType::kPing, kNoFlags, 0, "12345678");
  connection.Send(Preface() + Call(1, test::ACTION_ECHO));
  connection.Send(ping + ping + ping);
  EXPECT_EQ(connection.seen().ping_acks.size(), 3u);
  EXPECT_TRUE(connection.seen().goaways.empty());
  connection.Send(ping);
  EXPECT_EQ(connection.seen().goaways,
            (std::vector{std::pair(1u, std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM})}));
  EXPECT_EQ(connection.seen().goaway_text, "too_many_pings");
  connection.Send(Data(1, "", kEndStream));
  EXPECT_TRUE(connection.stream(1).ended) << "a call may finish";
  EXPECT_TRUE(RunUntil(connection, [&] { return connection.ended_writing(); }));
}

}  // namespace
}  // namespace scoregate::rpc
