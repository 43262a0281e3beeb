// Requests that do not come and answers that are not taken: what ends them, and what it spares.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "echo.pb.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

using namespace std::chrono_literals;

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr char kChat[] = "/scoregate.test.Echo/Chat";
constexpr std::uint16_t kInitialWindowSetting = 4;

std::string Request(const std::string& body, test::Action action = test::ACTION_ECHO) {
  test::EchoRequest request;
  request.set_body(body);
  request.set_action(action);
  return Message(request.SerializeAsString());
}

Limits ShortRequests() {
  Limits limits;
  limits.request_timeout = 20ms;
  return limits;
}

Limits ShortAnswers() {
  Limits limits;
  limits.answer_timeout = 20ms;
  return limits;
}

void ExpectStillServes(MemoryConnection& connection, std::uint32_t stream) {
  connection.Send(
      Frame(FrameType::kWindowUpdate, kNoFlags, stream - 2, Number32(1)) +
      Frame(FrameType::kSettings, kNoFlags, 0, std::string("\0\4", 2) + Number32(65'535)) +
      RequestHeaders(stream, kUnary) + Data(stream, Request("after"), kEndStream));
  EXPECT_TRUE(connection.stream(stream).ended);
  EXPECT_EQ(connection.stream(stream).blocks.size(), 2u);
}

TEST(Slow, ARequestThatDoesNotComeEndsItsCallAlone) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"nothing after the headers", ""},
      {"half a message", Data(1, Request("hello").substr(0, 6))},
      {"a message and no half-close", Data(1, Request("hello"))},
  };
  for (const auto& [name, frames] : rows) {
    SCOPED_TRACE(name);
    MemoryConnection connection(ShortRequests());
    connection.Send(Preface() + RequestHeaders(1, kUnary) + frames);
    EXPECT_FALSE(connection.stream(1).ended);
    connection.RunUntil([&] { return connection.stream(1).ended; });
    ASSERT_EQ(connection.stream(1).blocks.size(), 1u);
    EXPECT_EQ(connection.stream(1).blocks[0][2].second, "4");
    EXPECT_EQ(connection.stream(1).blocks[0][4].second, "timeout");
    EXPECT_EQ(connection.calls(), 0u);
    ExpectStillServes(connection, 3);
  }
}

TEST(Slow, HalfAHeaderBlockEndsTheConnection) {
  std::string head = RequestHeaders(1, kUnary);
  for (const std::string& part :
       {head.substr(0, 20), Frame(FrameType::kHeaders, kNoFlags, 1, head.substr(9))}) {
    MemoryConnection connection(ShortRequests());
    connection.Send(Preface() + part);
    connection.RunUntil([&] { return connection.ended_writing(); });
    ASSERT_EQ(connection.seen().goaways.size(), 1u);
    EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM});
    EXPECT_TRUE(connection.ended_writing());
  }
}

TEST(Slow, WhatIsNoGrpcAndDoesNotComeIsReset) {
  MemoryConnection connection(ShortRequests());
  Fields fields = {{":method", "POST"}, {":scheme", "http"}, {":path", "/"}, {":authority", "t"}};
  connection.Send(Preface() + Frame(FrameType::kHeaders, kEndHeaders, 1, HeaderBlock(fields)));
  connection.RunUntil([&] { return connection.stream(1).reset.has_value(); });
  EXPECT_EQ(connection.stream(1).reset, std::uint32_t{NGHTTP2_CANCEL});
}

TEST(Slow, StreamsAndRunningHandlersHaveTheirTime) {
  MemoryConnection connection(ShortRequests());
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, Request("a")) +
                  RequestHeaders(3, kUnary) + Data(3, Request("", test::ACTION_HANG), kEndStream) +
                  RequestHeaders(5, kUnary));
  // When the slow one has gone, the others were looked at as well.
  connection.RunUntil([&] { return connection.stream(5).ended; });
  EXPECT_TRUE(connection.stream(5).ended);
  EXPECT_EQ(connection.calls(), 2u);
  connection.Send(Data(1, Request("b"), kEndStream));
  EXPECT_TRUE(connection.stream(1).ended);
}

TEST(Slow, AnAnswerThatIsNotTakenIsReset) {
  for (std::uint32_t window : {0u, 3u}) {
    SCOPED_TRACE(window);
    MemoryConnection connection(ShortAnswers());
    connection.Send(Preface({{kInitialWindowSetting, window}}) + RequestHeaders(1, kUnary) +
                    Data(1, Request("hello"), kEndStream));
    EXPECT_FALSE(connection.stream(1).ended);
    EXPECT_EQ(connection.stream(1).data.size(), window);
    connection.RunUntil([&] { return connection.stream(1).reset.has_value(); });
    EXPECT_EQ(connection.stream(1).reset, std::uint32_t{NGHTTP2_CANCEL});
    EXPECT_EQ(connection.calls(), 0u);
    ExpectStillServes(connection, 3);
  }
}

TEST(Slow, AConnectionThatTakesNothingIsClosed) {
  MemoryConnection connection(ShortAnswers());
  connection.Send(Preface());
  connection.HoldWrites();
  connection.Send(RequestHeaders(1, kUnary) + Data(1, Request("hello"), kEndStream));
  connection.RunUntil([&] { return connection.closed(); });
  EXPECT_TRUE(connection.closed());
}

}  // namespace
}  // namespace scoregate::rpc
