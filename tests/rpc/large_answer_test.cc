// Answers that are larger than one write: who waits for whom, and what a connection keeps of them.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "echo.pb.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

using namespace std::chrono_literals;

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr std::size_t kBatchBytes = std::size_t{64} * 1024;

std::string Call(std::uint32_t stream, std::size_t bytes) {
  test::EchoRequest request;
  request.set_body(std::string(bytes, 'x'));
  std::string message = Message(request.SerializeAsString());
  std::string frames = RequestHeaders(stream, kUnary);
  for (std::size_t at = 0; at < message.size(); at += kMaxFrameBytes) {
    frames += Data(stream, message.substr(at, kMaxFrameBytes));
  }
  return frames + Data(stream, "", kEndStream);
}

/// Takes so many bytes at a time until that many calls have ended, or the connection has.
std::chrono::milliseconds TakeSlowly(MemoryConnection& connection, std::size_t bytes,
                                     std::chrono::milliseconds pause) {
  auto begin = std::chrono::steady_clock::now();
  while (connection.calls() > 0 && !connection.closed()) {
    connection.RunFor(pause);
    connection.TakeWritten(bytes);
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               begin);
}

void TakeOneWrite(MemoryConnection& connection) {
  constexpr std::size_t kStep = 1024;
  std::size_t before = connection.writes();
  std::size_t most = kBatchBytes + 2 * kMaxFrameBytes;
  for (std::size_t taken = 0; taken < most && connection.writes() == before; taken += kStep) {
    connection.TakeWritten(kStep);
  }
}

TEST(LargeAnswers, LeaveInBoundedBatchesThatStreamsShare) {
  MemoryConnection connection(WideLimits());
  connection.Send(WidePreface());
  connection.HoldWrites();
  connection.Send(Call(1, 500'000) + Call(3, 500'000) + Call(5, 500'000));
  std::size_t before = 0;
  for (int batches = 1; connection.calls() > 0; ++batches) {
    ASSERT_LT(batches, 100);
    std::size_t sum = 0;
    for (std::uint32_t stream : {1u, 3u, 5u}) sum += connection.stream(stream).data.size();
    EXPECT_LE(sum - before, kBatchBytes + kMaxFrameBytes);
    before = sum;
    if (batches == 6) {
      for (std::uint32_t stream : {3u, 5u}) {
        EXPECT_GT(connection.stream(stream).data.size(), kBatchBytes) << stream;
      }
    }
    TakeOneWrite(connection);
  }
  for (std::uint32_t stream : {1u, 3u, 5u}) {
    EXPECT_TRUE(connection.stream(stream).ended) << stream;
    EXPECT_GT(connection.stream(stream).data.size(), 500'000u) << stream;
  }
}

TEST(LargeAnswers, ASlowSteadyReaderGetsThemAll) {
  Limits limits = WideLimits();
  limits.answer_timeout = 400ms;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  connection.HoldWrites();
  std::string calls;
  for (std::uint32_t stream = 1; stream < 20; stream += 2) calls += Call(stream, 300'000);
  connection.Send(calls);
  std::chrono::milliseconds time = TakeSlowly(connection, 3 * kBatchBytes, 60ms);
  EXPECT_GT(time, 2 * limits.answer_timeout) << "it is not slow";
  EXPECT_FALSE(connection.closed());
  for (std::uint32_t stream = 1; stream < 20; stream += 2) {
    EXPECT_TRUE(connection.stream(stream).ended) << stream;
    EXPECT_EQ(connection.stream(stream).reset, std::nullopt) << stream;
  }
}

TEST(LargeAnswers, AReaderThatStopsIsEnded) {
  Limits limits = WideLimits();
  limits.answer_timeout = 50ms;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  connection.HoldWrites();
  connection.Send(Call(1, 300'000));
  for (int i = 0; i < 3; ++i) connection.TakeWritten(kBatchBytes);
  EXPECT_FALSE(connection.closed());
  connection.RunUntil([&] { return connection.closed(); });
  EXPECT_TRUE(connection.closed());
}

TEST(LargeAnswers, AStreamWhoseWindowStaysShutIsResetThoughOthersAreTaken) {
  Limits limits = WideLimits();
  limits.answer_timeout = 250ms;
  MemoryConnection connection(limits);
  connection.Send(WidePreface());
  // The first call has no window, the second has one of its own.
  connection.Send(Frame(FrameType::kSettings, kNoFlags, 0, std::string("\0\4", 2) + Number32(0)));
  connection.HoldWrites();
  connection.Send(Call(1, 100) + Call(3, 3'000'000) +
                  Frame(FrameType::kWindowUpdate, kNoFlags, 3, Number32(kWideWindow)));
  TakeSlowly(connection, 2 * kBatchBytes, 40ms);
  EXPECT_TRUE(connection.stream(1).reset.has_value());
  EXPECT_TRUE(connection.stream(3).ended);
  EXPECT_EQ(connection.stream(3).reset, std::nullopt);
}

TEST(LargeAnswers, LeaveNoLargeBuffersBehind) {
  MemoryConnection connection(WideLimits());
  connection.Send(WidePreface() + Call(1, 1'000'000));
  connection.Send(Call(3, 1'000'000));
  ASSERT_TRUE(connection.stream(3).ended);
  // The two buffers change places with every write.
  for (std::uint32_t stream : {5u, 7u}) {
    connection.Send(Call(stream, 1));
    ASSERT_TRUE(connection.stream(stream).ended);
    std::size_t kept = 0;
    connection.Run([&](Session& session) { kept = session.batch().gathered().capacity(); });
    EXPECT_LE(kept, 16u * 1024);
  }
}

}  // namespace
}  // namespace scoregate::rpc
