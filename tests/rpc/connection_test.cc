// Connections that are pressed, broken, flooded or drained.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "echo.pb.h"
#include "tests/rpc/echo_calls.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr std::uint16_t kInitialWindowSetting = 4;

std::string InFrames(std::uint32_t stream, std::string_view bytes) {
  std::string frames;
  for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 16'384))) {
    frames += Data(stream, bytes.substr(0, 16'384));
  }
  return frames;
}

std::string EchoOf(const std::string& body) {
  test::EchoResponse response;
  response.set_body(body);
  return Message(response.SerializeAsString());
}

std::string Window(std::uint32_t stream, std::uint32_t size) {
  return Frame(FrameType::kWindowUpdate, kNoFlags, stream, Number32(size));
}

TEST(Connection, AResetAtAnyMomentUnwindsTheHandler) {
  const std::vector<std::pair<std::string, std::string>> moments = {
      {"after the headers", RequestHeaders(1, kUnary)},
      {"after the headers of a stream", RequestHeaders(1, kChat)},
      {"inside a message", RequestHeaders(1, kUnary) + Data(1, Request("hello").substr(0, 7))},
      {"while a unary handler hangs", UnaryCall(1, Request("", test::ACTION_HANG))},
      {"while a streaming handler hangs",
       RequestHeaders(1, kChat) + Data(1, Request("", test::ACTION_HANG))},
      {"after the initial metadata", UnaryCall(1, Request("", test::ACTION_COMMIT))},
      {"while a stream waits for its next message",
       RequestHeaders(1, kChat) + Data(1, Request("a"))},
  };
  for (const auto& [name, frames] : moments) {
    SCOPED_TRACE(name);
    MemoryConnection connection;
    connection.Send(Preface() + frames);
    EXPECT_EQ(connection.calls(), 1u);
    connection.Send(Reset(1));
    EXPECT_EQ(connection.calls(), 0u);
    EXPECT_EQ(connection.sightings().started(), connection.sightings().unwound());
    ASSERT_EQ(connection.sightings().ends().size(), 1u);
    EXPECT_EQ(connection.sightings().ends()[0].grpc_status, "") << "nothing was answered";
    ExpectStillServes(connection, 3);
  }
}

TEST(Connection, AResetBesideItsRequestStartsNoHandler) {
  MemoryConnection connection;
  connection.Send(Preface());
  connection.Send(UnaryCall(1, Request("", test::ACTION_HANG)) + Reset(1));
  EXPECT_EQ(connection.sightings().started(), 0u);
  EXPECT_EQ(connection.calls(), 0u);
}

TEST(Connection, InitialMetadataMayLeaveEarly) {
  MemoryConnection connection;
  connection.Send(Preface() + UnaryCall(1, Request("", test::ACTION_COMMIT)));
  EXPECT_THAT(connection.stream(1).blocks,
              testing::ElementsAre(Fields{
                  {":status", "200"}, {"content-type", "application/grpc"}, {"x-early", "1"}}));
  EXPECT_FALSE(connection.stream(1).ended);
}

TEST(Connection, AWindowOfOneByteCarriesTheWholeAnswer) {
  MemoryConnection connection;
  connection.Send(Preface({{kInitialWindowSetting, 1}}) + RequestHeaders(1, kRepeat) +
                  Data(1, Request("abc", test::ACTION_ECHO, 2), kEndStream));
  std::string whole = EchoOf("abc") + EchoOf("abc");
  for (std::size_t i = 1; i < whole.size(); ++i) {
    ASSERT_EQ(connection.stream(1).data, whole.substr(0, i));
    EXPECT_FALSE(connection.stream(1).ended);
    connection.Send(Window(1, 1));
  }
  EXPECT_EQ(connection.stream(1).data, whole);
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_EQ(connection.stream(1).blocks.size(), 2u);
}

TEST(Connection, AClosedWindowLetsFailuresThrough) {
  MemoryConnection connection;
  connection.Send(Preface({{kInitialWindowSetting, 0}}) +
                  UnaryCall(1, Request("", test::ACTION_FAIL)) + RequestHeaders(3, kChat) +
                  Data(3, Request("x")) + Data(3, Message("\xff")));
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_TRUE(connection.stream(3).ended) << "what waited for the window is dropped";
  ASSERT_EQ(connection.stream(3).blocks.size(), 2u);
  EXPECT_EQ(connection.stream(3).blocks[1][0].second, "13");
  EXPECT_EQ(connection.stream(3).data, "");
}

TEST(Connection, AFailureInsideAMessageResetsTheStream) {
  MemoryConnection connection;
  connection.Send(Preface({{kInitialWindowSetting, 4}}) + RequestHeaders(1, kChat) +
                  Data(1, Request("hello")));
  connection.Send(Data(1, Message("\xff")));
  EXPECT_EQ(connection.stream(1).data, EchoOf("hello").substr(0, 4));
  EXPECT_EQ(connection.stream(1).reset, std::uint32_t{NGHTTP2_INTERNAL_ERROR});
  EXPECT_EQ(connection.calls(), 0u);
}

TEST(Connection, AWriterWaitsForASlowReader) {
  MemoryConnection connection;
  std::string body(30'000, 'x');
  constexpr std::uint32_t kCount = 20;
  connection.Send(Preface() + RequestHeaders(1, kRepeat) +
                  InFrames(1, Request(body, test::ACTION_ECHO, kCount)) + Data(1, "", kEndStream));
  EXPECT_EQ(connection.stream(1).data.size(), 65'535u) << "the default window";
  std::size_t whole = EchoOf(body).size();
  // What the window took and what may wait, and one message that found room before.
  EXPECT_LT(connection.sightings().ends().size(), 1u) << "the handler has not returned";
  connection.Send(Window(0, 10'000'000) + Window(1, 10'000'000));
  EXPECT_EQ(connection.stream(1).data.size(), whole * kCount);
  EXPECT_TRUE(connection.stream(1).ended);
}

TEST(Connection, AMessageThatNobodyTakesKeepsItsWindow) {
  Limits limits;
  limits.call_window_bytes = 65'535;
  MemoryConnection connection(limits);
  std::string big = Request(std::string(20'000, 'x'));
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, Request("", test::ACTION_HANG)) +
                  InFrames(1, big + big));
  EXPECT_EQ(connection.stream(1).window, 0u) << "the handler hangs and reads nothing";
  connection.Send(RequestHeaders(3, kChat) + InFrames(3, big + big));
  EXPECT_GT(connection.stream(3).window, 0u) << "this one reads";
  EXPECT_EQ(connection.stream(3).data.size(), 2 * EchoOf(std::string(20'000, 'x')).size());
}

TEST(Connection, AMessageLargerThanTheWindowComesThrough) {
  Limits limits;
  limits.call_window_bytes = 20'000;
  MemoryConnection connection(limits);
  connection.Send(Preface({{kInitialWindowSetting, 10'000'000}}) + Window(0, 10'000'000));
  std::string body(300'000, 'x');
  std::string message = Request(body);
  connection.Send(RequestHeaders(1, kUnary));
  std::size_t sent = 0;
  std::uint64_t used = 0;
  while (sent < message.size()) {
    std::uint64_t room = 20'000 + connection.stream(1).window - used;
    ASSERT_GT(room, 0u) << "stuck after " << sent << " bytes";
    std::string part = message.substr(sent, std::min<std::size_t>(room, 10'000));
    sent += part.size();
    used += part.size();
    connection.Send(Data(1, part, sent == message.size() ? kEndStream : kNoFlags));
  }
  EXPECT_EQ(connection.stream(1).data, EchoOf(body));
}

TEST(Connection, MessagesThatWaitAreHeldWithTheirPlaces) {
  constexpr std::size_t kMost = 100;
  Limits limits;
  limits.max_held_bytes = (5 + 40) * kMost;
  MemoryConnection connection(limits);
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, Request("", test::ACTION_HANG)));
  const std::string empty = Message("");
  std::string many;
  for (std::size_t i = 0; i < kMost; ++i) many += empty;
  connection.Send(Data(1, many));
  EXPECT_FALSE(connection.stream(1).ended) << "as many as there may be";
  connection.Send(Data(1, empty));
  ASSERT_TRUE(connection.stream(1).ended);
  EXPECT_EQ(connection.stream(1).blocks[0][4].second, "connection_limit");
  connection.Send(RequestHeaders(3, kChat));
  for (std::size_t i = 0; i < 2 * kMost; ++i) connection.Send(Data(3, empty));
  connection.Send(Data(3, "", kEndStream));
  ASSERT_TRUE(connection.stream(3).ended);
  EXPECT_EQ(connection.stream(3).blocks.back()[0].second, "0") << "what is taken is given back";
}

TEST(Connection, UnreadRequestsAreLimited) {
  struct Case {
    const char* name;
    std::size_t Limits::*limit;
  };
  const Case cases[] = {
      {"for the connection", &Limits::max_held_bytes},
      {"for all connections of the lane", &Limits::max_lane_held_bytes},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    Limits limits;
    limits.*row.limit = 50'000;
    MemoryConnection connection(limits);
    std::string half = Request(std::string(30'000, 'x')).substr(0, 29'000);
    connection.Send(Preface() + RequestHeaders(1, kUnary) + InFrames(1, half) +
                    RequestHeaders(3, kUnary) + InFrames(3, half));
    EXPECT_FALSE(connection.stream(1).ended);
    ASSERT_TRUE(connection.stream(3).ended);
    EXPECT_EQ(connection.stream(3).blocks[0][2].second, "8");
    EXPECT_EQ(connection.stream(3).blocks[0][4].second, "connection_limit");
    connection.Send(Reset(1));
    connection.Send(RequestHeaders(5, kUnary) + InFrames(5, Request(std::string(30'000, 'x'))) +
                    Data(5, "", kEndStream));
    EXPECT_EQ(connection.stream(5).data, EchoOf(std::string(30'000, 'x'))) << "all was given back";
  }
}

TEST(Connection, MoreCallsThanAllowedAreRefused) {
  Limits limits;
  limits.max_concurrent_calls = 2;
  MemoryConnection connection(limits);
  // Its ACK of our SETTINGS is still under way: it cannot know the limit.
  std::string preface = Preface();
  std::string ack = preface.substr(preface.size() - 9);
  connection.Send(preface.substr(0, preface.size() - 9) +
                  UnaryCall(1, Request("", test::ACTION_HANG)) +
                  UnaryCall(3, Request("", test::ACTION_HANG)) + UnaryCall(5, Request("x")));
  EXPECT_EQ(connection.stream(5).reset, std::uint32_t{NGHTTP2_REFUSED_STREAM});
  connection.Send(ack + Reset(1));
  ExpectStillServes(connection, 7);
  // Now it knows, and goes over it all the same.
  connection.Send(UnaryCall(9, Request("", test::ACTION_HANG)) + UnaryCall(11, Request("x")));
  ASSERT_EQ(connection.seen().goaways.size(), 1u);
  EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_PROTOCOL_ERROR});
}

TEST(Connection, PingsAreAnswered) {
  MemoryConnection connection;
  connection.Send(Preface() + Frame(FrameType::kPing, kNoFlags, 0, "12345678"));
  EXPECT_THAT(connection.seen().ping_acks, testing::ElementsAre("12345678"));
}

TEST(Connection, AFloodOfPingsThatNobodyReadsTheAnswersOfEndsIt) {
  Limits limits;
  limits.max_overhead_burst_bytes = 1'000'000;
  MemoryConnection connection(limits);
  connection.Send(Preface());
  connection.HoldWrites();
  std::string ping = Frame(FrameType::kPing, kNoFlags, 0, "12345678");
  for (int i = 0; i < 10'000; ++i) connection.Send(ping);
  connection.RunUntil([&] { return connection.closed(); });
  EXPECT_TRUE(connection.closed()) << "it did not take the GOAWAY either";
}

TEST(Connection, ContinuationsWithoutEndEndIt) {
  MemoryConnection connection;
  connection.Send(Preface() + Frame(FrameType::kHeaders, kNoFlags, 1, ""));
  for (int i = 0; i < 100 && !connection.closed() && !connection.ended_writing(); ++i) {
    connection.Send(Frame(FrameType::kContinuation, kNoFlags, 1, ""));
  }
  EXPECT_TRUE(connection.closed() || connection.ended_writing());
}

TEST(Connection, AStreamIdentifierMustNotGoBack) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(5, kChat) + RequestHeaders(3, kChat));
  ASSERT_EQ(connection.seen().goaways.size(), 1u);
  EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_PROTOCOL_ERROR});
}

TEST(Connection, WhatIsNoHttp2IsClosed) {
  for (const std::string& bytes : {std::string("quit\r\n"), std::string(64, '\0'),
                                   std::string("\x16\x03\x01\x02\0\1\0\1\xfc\3\3", 11)}) {
    MemoryConnection connection;
    connection.Send(bytes);
    EXPECT_TRUE(connection.closed());
  }
}

TEST(Connection, TheCallersGoawayLetsCallsFinish) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, Request("a")));
  connection.Send(Frame(FrameType::kGoaway, kNoFlags, 0, Number32(0) + Number32(0)));
  connection.Send(Data(1, Request("b"), kEndStream));
  EXPECT_EQ(connection.stream(1).data, EchoOf("a") + EchoOf("b"));
  EXPECT_TRUE(connection.ended_writing()) << "no call is left";
}

TEST(Connection, DrainsInTwoSteps) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, Request("a")));
  connection.Run([](Session& session) { session.BeginDrain(); });
  constexpr std::uint32_t kAllStreams = 0x7fffffff;
  EXPECT_THAT(connection.seen().goaways, testing::ElementsAre(testing::Pair(kAllStreams, 0u)));
  ASSERT_EQ(connection.seen().pings.size(), 1u);
  connection.Send(UnaryCall(3, Request("on its way")));
  EXPECT_EQ(connection.stream(3).data, EchoOf("on its way"));

  connection.Send(Frame(FrameType::kPing, kAck, 0, connection.seen().pings[0]));
  EXPECT_THAT(connection.seen().goaways,
              testing::ElementsAre(testing::Pair(kAllStreams, 0u), testing::Pair(3u, 0u)));
  connection.Send(UnaryCall(5, Request("too late")));
  EXPECT_TRUE(connection.stream(5).blocks.empty());
  EXPECT_FALSE(connection.ended_writing()) << "one call is left";
  connection.Send(Data(1, Request("b"), kEndStream));
  EXPECT_EQ(connection.stream(1).data, EchoOf("a") + EchoOf("b"));
  EXPECT_TRUE(connection.ended_writing());
  connection.Hangup();
  EXPECT_TRUE(connection.closed());
}

TEST(Connection, CutCallsEndWithTheFailureWritersWords) {
  MemoryConnection connection;
  connection.Send(Preface() + UnaryCall(1, Request("", test::ACTION_HANG)));
  connection.Run([](Session& session) { session.CutCalls("The server is shutting down."); });
  ASSERT_EQ(connection.stream(1).blocks.size(), 1u);
  EXPECT_EQ(connection.stream(1).blocks[0][2].second, "14");
  EXPECT_EQ(connection.stream(1).blocks[0][4].second, "shutting_down");
  EXPECT_EQ(connection.sightings().unwound(), 1u);
  EXPECT_TRUE(connection.ended_writing());
}

}  // namespace
}  // namespace scoregate::rpc
