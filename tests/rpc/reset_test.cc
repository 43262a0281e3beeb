// Streams that are reset, by either end.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "echo.pb.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr char kChat[] = "/scoregate.test.Echo/Chat";

constexpr std::chrono::milliseconds kNoPause{0};

std::string WholeCall(std::uint32_t stream) {
  return RequestHeaders(stream, kUnary) + Data(stream, Message(""), kEndStream);
}

TEST(Reset, TooManyEndTheConnection) {
  struct Case {
    const char* name;
    const char* path;
    std::uint32_t error;
  };
  const Case cases[] = {
      {"as gRPC's callers cancel", kChat, NGHTTP2_CANCEL},
      {"with the code of no error", kChat, NGHTTP2_NO_ERROR},
      {"a call that is refused, before it can have read why", "/nothing", NGHTTP2_NO_ERROR},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    Limits limits;
    limits.max_reset_burst = 50;
    limits.max_resets_per_second = 0;
    limits.reset_pause = kNoPause;
    MemoryConnection connection(limits);
    connection.Send(Preface());
    std::uint32_t stream = 1;
    for (int i = 0; i < 50; ++i, stream += 2)
      connection.Send(RequestHeaders(stream, row.path) + Reset(stream, row.error));
    EXPECT_TRUE(connection.seen().goaways.empty()) << "the allowance";
    connection.Send(RequestHeaders(stream, row.path) + Reset(stream, row.error));
    ASSERT_EQ(connection.seen().goaways.size(), 1u);
    EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM});
    EXPECT_TRUE(connection.ended_writing());
  }
}

// Whoever goes on resetting is read on later. Nobody else is: a few callers that go away are none.
TEST(Reset, HalfOfTheAllowanceMakesOnePause) {
  Limits limits;
  limits.max_reset_burst = 10;
  limits.max_resets_per_second = 0;
  limits.reset_pause = std::chrono::milliseconds(300);
  MemoryConnection connection(limits);
  connection.Send(Preface());
  std::uint32_t stream = 1;
  auto reset = [&](int calls) {
    for (; calls > 0; --calls, stream += 2) {
      connection.Send(RequestHeaders(stream, kChat) + Reset(stream, NGHTTP2_CANCEL));
    }
  };
  auto answer = [&](int calls) {
    for (; calls > 0; --calls, stream += 2) connection.Send(WholeCall(stream));
  };

  reset(5);
  EXPECT_TRUE(connection.reads()) << "half is left";
  reset(1);
  EXPECT_FALSE(connection.reads());
  connection.RunUntil([&] { return connection.reads(); });
  reset(1);
  EXPECT_TRUE(connection.reads()) << "it has had its pause";
  answer(3);
  reset(3);
  EXPECT_TRUE(connection.reads()) << "not all was made up for";
  answer(10);
  reset(6);
  EXPECT_FALSE(connection.reads()) << "all was, and it has begun again";
  connection.RunUntil([&] { return connection.reads(); });
  answer(1);
  EXPECT_TRUE(connection.stream(stream - 2).ended);
  EXPECT_TRUE(connection.seen().goaways.empty());
}

TEST(Reset, ABreachOfHttp2WeighsAsSeveral) {
  struct Case {
    const char* name;
    std::string (*breach)(std::uint32_t stream);
  };
  const Case cases[] = {
      {"a name in capitals",
       [](std::uint32_t s) {
         return RequestHeaders(s, kChat, {{"X-Upper", "1"}});
       }},
      {"a field of HTTP/1.1",
       [](std::uint32_t s) {
         return RequestHeaders(s, kChat, {{"connection", "close"}});
       }},
      {"more than the content-length",
       [](std::uint32_t s) {
         return RequestHeaders(s, kChat, {{"content-length", "3"}}) + Data(s, "four");
       }},
      {"a window that overflows",
       [](std::uint32_t s) {
         return RequestHeaders(s, kChat) +
                Frame(FrameType::kWindowUpdate, kNoFlags, s, Number32(0x7fffffff));
       }},
  };
  // Twenty for the breach and one for the call that it ends.
  constexpr std::uint32_t kWeight = 21;
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    Limits limits;
    limits.max_reset_burst = 10 * kWeight;
    limits.max_resets_per_second = 0;
    limits.reset_pause = kNoPause;
    MemoryConnection connection(limits);
    connection.Send(Preface());
    std::uint32_t stream = 1;
    for (int i = 0; i < 10; ++i, stream += 2) connection.Send(row.breach(stream));
    EXPECT_TRUE(connection.seen().goaways.empty()) << "the allowance";
    connection.Send(row.breach(stream));
    ASSERT_EQ(connection.seen().goaways.size(), 1u);
    EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM});
  }
}

TEST(Reset, BreachesThatComeTogetherAreCountedOneByOne) {
  constexpr std::uint32_t kWeight = 21;
  constexpr std::uint32_t kSent = 50;
  Limits limits;
  limits.max_reset_burst = 4 * kWeight;
  limits.max_resets_per_second = 0;
  MemoryConnection connection(limits);
  connection.Send(Preface());
  std::string frames;
  for (std::uint32_t i = 0; i < kSent; ++i) {
    frames += RequestHeaders(2 * i + 1, kChat, {{"content-length", "9"}}) +
              Data(2 * i + 1, "five!") + Data(2 * i + 1, "more!");
  }
  connection.Send(frames);
  ASSERT_EQ(connection.seen().goaways.size(), 1u);
  EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM});
  EXPECT_LE(connection.seen().goaways[0].first, 9u) << "the rest is not read";
}

TEST(Reset, ACallThatIsAnsweredIsNoReset) {
  Limits limits;
  limits.max_reset_burst = 3;
  limits.max_resets_per_second = 0;
  MemoryConnection connection(limits);
  connection.Send(Preface());
  // The answers end calls whose requests have not ended, which we reset with no error.
  for (std::uint32_t stream = 1; stream < 40; stream += 2) {
    connection.Send(RequestHeaders(stream, "/nothing"));
    ASSERT_TRUE(connection.stream(stream).ended);
    connection.Send(Reset(stream, NGHTTP2_NO_ERROR));
  }
  EXPECT_TRUE(connection.seen().goaways.empty());
}

TEST(Reset, TrailersOnTheirWayToAStreamThatWeResetArePassedOver) {
  struct Case {
    const char* name;
    const char* path;
    bool half_closes;
    int trailers;
    bool ends;
  };
  const Case cases[] = {
      {"on a call that was refused before it was complete", "/nothing", false, 1, false},
      {"twice", "/nothing", false, 2, true},
      {"on a call that was complete", "/nothing", true, 1, true},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    Limits limits;
    limits.max_concurrent_calls = 2;
    MemoryConnection connection(limits);
    connection.Send(Preface() + RequestHeaders(1, row.path) +
                    (row.half_closes ? Data(1, "", kEndStream) : ""));
    ASSERT_TRUE(connection.stream(1).ended);
    // nghttp2 remembers as many streams as there may be.
    for (std::uint32_t stream = 3; stream < 20; stream += 2) {
      connection.Send(WholeCall(stream));
    }
    std::string trailers =
        Frame(FrameType::kHeaders, kEndHeaders | kEndStream, 1, HeaderBlock({{"x-late", "1"}}));
    for (int i = 0; i < row.trailers; ++i) connection.Send(trailers);
    EXPECT_EQ(connection.seen().goaways.size(), row.ends ? 1u : 0u);
    connection.Send(WholeCall(21));
    EXPECT_EQ(connection.stream(21).ended, !row.ends);
  }
}

}  // namespace
}  // namespace scoregate::rpc
