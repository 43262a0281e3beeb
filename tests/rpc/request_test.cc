// Single requests, frame by frame: what exactly is answered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "echo.pb.h"
#include "tests/rpc/echo_calls.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

TEST(Request, AnswersOneCallInOneWrite) {
  MemoryConnection connection;
  connection.Send(Preface());
  std::size_t before = connection.writes();
  connection.Send(UnaryCall(1, Request("hello")));
  ExpectEchoed(connection.stream(1), "hello");
  EXPECT_EQ(connection.writes(), before + 1) << "headers, data and trailers leave together";
  EXPECT_EQ(connection.stream(1).data_frames, 1u);
  ASSERT_EQ(connection.sightings().ends().size(), 1u);
  SeenEnd end = connection.sightings().ends()[0];
  EXPECT_EQ(end.path, kUnary);
  EXPECT_EQ(end.grpc_status, "0");
  EXPECT_EQ(end.request_bytes, Request("hello").size() - 5);
  EXPECT_EQ(end.response_bytes, connection.stream(1).data.size() - 5);
}

TEST(Request, AnnouncesItsLimits) {
  Limits limits;
  limits.max_concurrent_calls = 7;
  limits.call_window_bytes = 70'000;
  limits.max_header_list_bytes = 9'000;
  MemoryConnection connection(limits);
  connection.Send(Preface());
  EXPECT_THAT(connection.seen().settings,
              testing::ElementsAre(testing::Pair(3, 7u), testing::Pair(4, 70'000u),
                                   testing::Pair(6, 9'000u)));
  EXPECT_EQ(connection.seen().settings_acks, 1u);
  EXPECT_EQ(connection.stream(0).window, limits.connection_window_bytes - 65'535u);
}

TEST(Request, MayBeCutAtEveryByte) {
  std::string bytes = Preface() + UnaryCall(1, Request("hello"));
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    SCOPED_TRACE(cut);
    MemoryConnection connection;
    connection.Send(bytes.substr(0, cut));
    connection.Send(bytes.substr(cut));
    ExpectEchoed(connection.stream(1), "hello");
  }
  MemoryConnection connection;
  connection.SendBytewise(bytes);
  ExpectEchoed(connection.stream(1), "hello");
}

TEST(Request, MayBreakOffAtEveryByte) {
  std::string bytes = Preface() + RequestHeaders(1, kChat) +
                      Data(1, Request("", test::ACTION_HANG)) +
                      UnaryCall(3, Request("", test::ACTION_HANG));
  std::size_t hung = 0;
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    SCOPED_TRACE(cut);
    MemoryConnection connection;
    connection.Send(bytes.substr(0, cut));
    connection.Hangup();
    EXPECT_TRUE(connection.closed());
    EXPECT_FALSE(connection.session_lives());
    hung = connection.sightings().unwound();
  }
  EXPECT_EQ(hung, 2u) << "the whole request starts both handlers";
}

TEST(Request, DataMayComeByteByByteAndPadded) {
  MemoryConnection connection;
  std::string message = Request("hello");
  std::string frames;
  for (std::size_t i = 0; i < message.size(); ++i) {
    std::string padded = std::string(1, 3) + message[i] + std::string(3, '\0');
    bool last = i + 1 == message.size();
    frames += Data(1, padded, static_cast<std::uint8_t>(kPadded | (last ? kEndStream : 0)));
    frames += Data(1, "");
    if (last) frames.erase(frames.size() - 9);
  }
  connection.Send(Preface() + RequestHeaders(1, kUnary) + frames);
  ExpectEchoed(connection.stream(1), "hello");
}

TEST(Request, MayEndWithAnEmptyDataFrameOrTrailers) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, kUnary) + Data(1, Request("a")) +
                  Data(1, "", kEndStream));
  ExpectEchoed(connection.stream(1), "a");
  connection.Send(
      RequestHeaders(3, kUnary) + Data(3, Request("b")) +
      Frame(FrameType::kHeaders, kEndHeaders | kEndStream, 3, HeaderBlock({{"x-trailer", "1"}})));
  ExpectEchoed(connection.stream(3), "b");
}

TEST(Request, ContentTypesOfGrpcAreAnsweredInKind) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"application/grpc", "application/grpc"},
      {"application/grpc+proto", "application/grpc+proto"},
      {"application/grpc;charset=utf-8", "application/grpc"},
      {"application/grpc+proto ; x=y", "application/grpc+proto"},
  };
  for (const auto& [sent, answered] : cases) {
    SCOPED_TRACE(sent);
    MemoryConnection connection;
    Fields fields = RequestFields(kUnary);
    fields[4].second = sent;
    connection.Send(Preface() + Frame(FrameType::kHeaders, kEndHeaders, 1, HeaderBlock(fields)) +
                    Data(1, Request("x"), kEndStream));
    ASSERT_EQ(connection.stream(1).blocks.size(), 2u);
    EXPECT_EQ(connection.stream(1).blocks[0][1].second, answered);
  }
}

TEST(Request, HandlersSeeTheMetadataDecoded) {
  MemoryConnection connection;
  connection.Send(Preface() +
                  RequestHeaders(1, kUnary,
                                 {{"x-plain", "a, b"},
                                  {"x-plain", "c"},
                                  {"x-one-bin", "AAEC/w"},
                                  {"x-list-bin", "AQ==,Ag,"},
                                  {"x-empty", ""}}) +
                  Data(1, Request("", test::ACTION_DESCRIBE), kEndStream));
  test::EchoResponse response;
  ASSERT_TRUE(response.ParseFromString(connection.stream(1).data.substr(5)));
  Fields seen;
  for (const auto& field : response.metadata()) seen.emplace_back(field.name(), field.value());
  EXPECT_EQ(seen, (Fields{{"content-type", "application/grpc"},
                          {"te", "trailers"},
                          {"x-plain", "a, b"},
                          {"x-plain", "c"},
                          {"x-one-bin", std::string("\0\1\2\xff", 4)},
                          {"x-list-bin", "\1"},
                          {"x-list-bin", "\2"},
                          {"x-list-bin", ""},
                          {"x-empty", ""}}));
  EXPECT_EQ(response.path(), kUnary);
  EXPECT_EQ(response.peer(), "memory");
  EXPECT_EQ(response.remaining(), 0);
  EXPECT_THAT(connection.stream(1).blocks,
              testing::ElementsAre(Fields{{":status", "200"},
                                          {"content-type", "application/grpc"},
                                          {"x-initial", "1"},
                                          {"x-initial-bin", "AAECgA"}},
                                   Fields{{"grpc-status", "0"}, {"x-trailing", "2"}}));
}

TEST(Request, DeadlinesAreReadInEveryUnit) {
  const std::vector<std::pair<std::string, std::int64_t>> cases = {
      {"2H", 7'200'000'000'000},
      {"3M", 180'000'000'000},
      {"4S", 4'000'000'000},
      {"50000m", 50'000'000'000},
      {"60000000u", 60'000'000'000},
      {"99999999H", 0},  // further away than ten years is no deadline
  };
  for (const auto& [text, nanoseconds] : cases) {
    SCOPED_TRACE(text);
    MemoryConnection connection;
    connection.Send(Preface() + RequestHeaders(1, kUnary, {{"grpc-timeout", text}}) +
                    Data(1, Request("", test::ACTION_DESCRIBE), kEndStream));
    test::EchoResponse response;
    ASSERT_TRUE(response.ParseFromString(connection.stream(1).data.substr(5)));
    EXPECT_EQ(response.remaining(), nanoseconds);
  }
}

TEST(Request, ARichFailureLeavesAsItWasGiven) {
  MemoryConnection connection;
  connection.Send(Preface() + UnaryCall(1, Request("", test::ACTION_FAIL)));
  EXPECT_THAT(connection.stream(1).blocks,
              testing::ElementsAre(Fields{{":status", "200"},
                                          {"content-type", "application/grpc"},
                                          {"grpc-status", "5"},
                                          {"grpc-message", "no such thing: 100%25 n%C3%A9"},
                                          {"grpc-status-details-bin", "CAUSAm5v"},
                                          {"x-long-bin", std::string(kLongTrailerBytes, 'C')},
                                          {"x-reason", "because"}}))
      << "in the order given; Trailers-Only, without the initial metadata that the handler had"
         " ready";
  EXPECT_TRUE(connection.stream(1).ended);
}

TEST(Request, AFailureAfterAMessageHasHeadersDataAndTrailers) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, Request("", test::ACTION_BREAK)));
  const SeenStream& stream = connection.stream(1);
  ASSERT_EQ(stream.blocks.size(), 2u);
  EXPECT_EQ(stream.blocks[0], kOkHeaders);
  EXPECT_EQ(stream.blocks[1][0], (std::pair<std::string, std::string>("grpc-status", "5")));
  EXPECT_EQ(BodyOf(stream), "before");
  EXPECT_TRUE(stream.ended);
}

TEST(Request, AnEmptyStreamHasHeadersAndTrailers) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, "", kEndStream) +
                  RequestHeaders(3, kRepeat) +
                  Data(3, Request("", test::ACTION_ECHO, 0), kEndStream));
  for (std::uint32_t id : {1u, 3u}) {
    EXPECT_THAT(connection.stream(id).blocks, testing::ElementsAre(kOkHeaders, kOkTrailers));
    EXPECT_EQ(connection.stream(id).data, "");
    EXPECT_EQ(connection.stream(id).data_frames, 0u);
  }
}

TEST(Request, StreamsTakeAndGiveManyMessages) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, kChat) + Data(1, Request("a") + Request("b")));
  EXPECT_EQ(connection.stream(1).data, Message("\n\1a") + Message("\n\1b"));
  connection.Send(Data(1, Request("c")));
  EXPECT_EQ(connection.stream(1).data, Message("\n\1a") + Message("\n\1b") + Message("\n\1c"));
  EXPECT_FALSE(connection.stream(1).ended);
  connection.Send(Data(1, "", kEndStream));
  EXPECT_THAT(connection.stream(1).blocks, testing::ElementsAre(kOkHeaders, kOkTrailers));

  connection.Send(RequestHeaders(3, kCollect) + Data(3, Request("x") + Request("y"), kEndStream));
  ExpectEchoed(connection.stream(3), "xy");
  connection.Send(RequestHeaders(5, kRepeat) +
                  Data(5, Request("z", test::ACTION_ECHO, 3), kEndStream));
  EXPECT_EQ(connection.stream(5).data, Message("\n\1z") + Message("\n\1z") + Message("\n\1z"));
}

}  // namespace
}  // namespace scoregate::rpc
