// Single requests, good and bad, frame by frame: what exactly is answered, and that the connection
// lives on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "echo.pb.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr char kCollect[] = "/scoregate.test.Echo/Collect";
constexpr char kRepeat[] = "/scoregate.test.Echo/Repeat";
constexpr char kChat[] = "/scoregate.test.Echo/Chat";

std::string Request(const std::string& body, test::Action action = test::ACTION_ECHO,
                    std::uint32_t count = 1) {
  test::EchoRequest request;
  request.set_body(body);
  request.set_action(action);
  request.set_count(count);
  return Message(request.SerializeAsString());
}

std::string UnaryCall(std::uint32_t stream, const std::string& message) {
  return RequestHeaders(stream, kUnary) + Data(stream, message, kEndStream);
}

std::string BodyOf(const SeenStream& stream) {
  test::EchoResponse response;
  if (stream.data.size() < 5 || !response.ParseFromString(stream.data.substr(5)))
    return "unparsable";
  return response.body();
}

const Fields kOkHeaders = {{":status", "200"}, {"content-type", "application/grpc"}};
const Fields kOkTrailers = {{"grpc-status", "0"}};

void ExpectEchoed(const SeenStream& stream, const std::string& body) {
  EXPECT_THAT(stream.blocks, testing::ElementsAre(kOkHeaders, kOkTrailers));
  EXPECT_EQ(BodyOf(stream), body);
  EXPECT_TRUE(stream.ended);
  EXPECT_EQ(stream.reset, std::nullopt);
}

void ExpectStillServes(MemoryConnection& connection, std::uint32_t stream) {
  connection.Send(UnaryCall(stream, Request("after")));
  ExpectEchoed(connection.stream(stream), "after");
}

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

/// A request that is refused as a gRPC call, and the whole Trailers-Only answer.
struct RefusalCase {
  std::string name;
  std::string frames;
  std::string status;
  std::string fault;
  std::string field;
  std::string resource;
  bool names_encodings = false;
};

std::vector<RefusalCase> RefusalCases() {
  auto headers = [](const std::string& path, const Fields& more) {
    return RequestHeaders(1, path, more);
  };
  std::string good = Data(1, Request("x"), kEndStream);
  return {
      {"unknown method", headers("/scoregate.test.Echo/Nothing", {}) + good, "12",
       "method_not_found", "", "/scoregate.test.Echo/Nothing"},
      {"path of one slash", headers("/", {}) + good, "12", "method_not_found", "", "/"},
      {"path with a tail", headers("/scoregate.test.Echo/Unary/", {}) + good, "12",
       "method_not_found", "", "/scoregate.test.Echo/Unary/"},
      {"timeout without unit", headers(kUnary, {{"grpc-timeout", "5"}}) + good, "3",
       "request_invalid", "grpc-timeout", ""},
      {"timeout of nine digits", headers(kUnary, {{"grpc-timeout", "123456789S"}}) + good, "3",
       "request_invalid", "grpc-timeout", ""},
      {"timeout of zero", headers(kUnary, {{"grpc-timeout", "0S"}}) + good, "4", "timeout", "", ""},
      {"binary value that is no base64", headers(kUnary, {{"x-token-bin", "a*b"}}) + good, "3",
       "request_invalid", "x-token-bin", ""},
      {"header list over the limit",
       SplitHeaders(1, RequestFields(kUnary, {{"x-big", std::string(16 * 1024, 'x')}})) + good, "8",
       "request_too_large", "x-big", ""},
      {"header list over the limit, its largest entry not the last",
       SplitHeaders(1, RequestFields(kUnary, {{"x-most", std::string(12 * 1024, 'x')},
                                              {"x-last", std::string(6 * 1024, 'x')}})) +
           good,
       "8", "request_too_large", "x-most", ""},
      {"path over the limit of the header list",
       SplitHeaders(1, RequestFields("/" + std::string(16 * 1024, 'x'), {})) + good, "8",
       "request_too_large", ":path", ""},
      {"flag byte of two", headers(kUnary, {}) + Data(1, Message("x", 2), kEndStream), "13",
       "request_malformed", "", ""},
      {"compressed without an encoding", headers(kUnary, {}) + Data(1, Message("x", 1), kEndStream),
       "13", "request_malformed", "", ""},
      {"compressed by something not offered",
       headers(kUnary, {{"grpc-encoding", "br"}}) + Data(1, Message("x", 1), kEndStream), "12",
       "method_not_found", "", kUnary, true},
      {"an encoding that is not offered, and a plain message",
       headers(kChat, {{"grpc-encoding", "deflate"}}) + good, "12", "method_not_found", "", kChat,
       true},
      {"message over the limit, known from its header",
       headers(kUnary, {}) + Data(1, std::string("\0\xff\xff\xff\xff", 5)), "8",
       "request_too_large", "body", ""},
      {"message over the limit in a stream",
       headers(kChat, {}) + Data(1, std::string("\0\xff\xff\xff\xff", 5)), "8", "request_too_large",
       "body", ""},
      {"message cut by the end",
       headers(kUnary, {}) + Data(1, Request("hello").substr(0, 8), kEndStream), "13",
       "request_malformed", "", ""},
      {"header of a message cut by the end",
       headers(kUnary, {}) + Data(1, std::string(3, '\0'), kEndStream), "13", "request_malformed",
       "", ""},
      {"stream cut by the end",
       headers(kCollect, {}) + Data(1, Request("hello").substr(0, 8), kEndStream), "13",
       "request_malformed", "", ""},
      {"no message for a unary method", headers(kUnary, {}) + Data(1, "", kEndStream), "12",
       "method_not_found", "", kUnary},
      {"no message for server streaming", headers(kRepeat, {}) + Data(1, "", kEndStream), "12",
       "method_not_found", "", kRepeat},
      {"two messages for a unary method",
       headers(kUnary, {}) + Data(1, Request("a") + Request("b")), "12", "method_not_found", "",
       kUnary},
      {"no protobuf", headers(kUnary, {}) + Data(1, Message("\xff\xff\xff"), kEndStream), "13",
       "request_malformed", "", ""},
      {"protobuf, then a tag of no field",
       headers(kUnary, {}) + Data(1, Message(std::string("\x10\x01\0", 3)), kEndStream), "13",
       "request_malformed", "", ""},
      {"protobuf, then the end of a group that never began",
       headers(kUnary, {}) + Data(1, Message("\x10\x01\x0c"), kEndStream), "13",
       "request_malformed", "", ""},
      {"no protobuf in a stream", headers(kChat, {}) + Data(1, Message("\xff\xff\xff")), "13",
       "request_malformed", "", ""},
      {"handler throws", headers(kUnary, {}) + Data(1, Request("", test::ACTION_THROW), kEndStream),
       "13", "internal", "", ""},
      {"streaming handler throws", headers(kChat, {}) + Data(1, Request("", test::ACTION_THROW)),
       "13", "internal", "", ""},
  };
}

TEST(Request, RefusalsAreWrittenByTheFailureWriterAsTrailersOnly) {
  for (const RefusalCase& row : RefusalCases()) {
    SCOPED_TRACE(row.name);
    MemoryConnection connection;
    connection.Send(Preface() + row.frames);
    const SeenStream& stream = connection.stream(1);
    ASSERT_EQ(stream.blocks.size(), 1u);
    Fields block = stream.blocks[0];
    ASSERT_GE(block.size(), 7u);
    EXPECT_FALSE(block[3].second.empty()) << "a sentence for the caller";
    block.erase(block.begin() + 3);
    Fields expected = {{":status", "200"},          {"content-type", "application/grpc"},
                       {"grpc-status", row.status}, {"x-fault", row.fault},
                       {"x-field", row.field},      {"x-resource", row.resource}};
    if (row.names_encodings) expected.emplace_back("grpc-accept-encoding", "identity,gzip");
    EXPECT_EQ(block, expected);
    EXPECT_TRUE(stream.ended);
    EXPECT_EQ(stream.data, "");
    ASSERT_EQ(connection.sightings().ends().size(), 1u);
    EXPECT_EQ(connection.sightings().ends()[0].grpc_status, row.status);
    EXPECT_EQ(connection.calls(), 0u);
    ExpectStillServes(connection, 3);
  }
}

TEST(Request, AnUnfinishedRequestIsResetAfterItsRefusal) {
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, "/nothing"));
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_EQ(connection.stream(1).reset, std::uint32_t{NGHTTP2_NO_ERROR});
  connection.Send(Data(1, Request("late"), kEndStream));
  ExpectStillServes(connection, 3);
}

/// A request that is no gRPC, and its plain HTTP answer.
struct PlainCase {
  std::string name;
  Fields fields;
  std::string status;
  bool allow = false;
  bool has_body = true;
};

TEST(Request, WhatIsNoGrpcGetsAnOrderlyHttpAnswer) {
  auto fields = [](const std::string& method, const std::string& type) {
    Fields list = {{":method", method}, {":scheme", "http"}, {":path", "/"}, {":authority", "t"}};
    if (!type.empty()) list.emplace_back("content-type", type);
    return list;
  };
  const std::vector<PlainCase> cases = {
      {"GET", fields("GET", ""), "405", true},
      {"GET of gRPC's type", fields("GET", "application/grpc"), "405", true},
      {"PUT", fields("PUT", "application/grpc"), "405", true},
      {"HEAD has no body", fields("HEAD", ""), "405", true, false},
      {"no content type", fields("POST", ""), "415"},
      {"JSON", fields("POST", "application/json"), "415"},
      {"a longer word", fields("POST", "application/grpcx"), "415"},
      {"another message format", fields("POST", "application/grpc+json"), "415"},
      {"grpc-web", fields("POST", "application/grpc-web"), "415"},
  };
  for (const PlainCase& row : cases) {
    SCOPED_TRACE(row.name);
    MemoryConnection connection;
    connection.Send(Preface() + Frame(FrameType::kHeaders, kEndHeaders | kEndStream, 1,
                                      HeaderBlock(row.fields)));
    Fields expected = {{":status", row.status}, {"content-type", "text/plain"}};
    if (row.allow) expected.emplace_back("allow", "POST");
    EXPECT_THAT(connection.stream(1).blocks, testing::ElementsAre(expected));
    EXPECT_EQ(!connection.stream(1).data.empty(), row.has_body);
    EXPECT_TRUE(connection.stream(1).ended);
    EXPECT_TRUE(connection.sightings().ends().empty()) << "it is no call";
    ExpectStillServes(connection, 3);
  }
}

TEST(Request, WhatIsNoGrpcIsAnsweredWhenItIsComplete) {
  MemoryConnection connection;
  Fields fields = {{":method", "POST"},
                   {":scheme", "http"},
                   {":path", "/"},
                   {":authority", "t"},
                   {"content-length", "5"}};
  connection.Send(Preface() + Frame(FrameType::kHeaders, kEndHeaders, 1, HeaderBlock(fields)) +
                  Frame(FrameType::kHeaders, kEndHeaders, 3, HeaderBlock(fields)) +
                  Data(1, "12345") + Data(3, "123"));
  EXPECT_TRUE(connection.stream(1).blocks.empty());
  connection.Send(Data(1, "", kEndStream) + Data(3, "", kEndStream));
  ASSERT_EQ(connection.stream(1).blocks.size(), 1u);
  EXPECT_EQ(connection.stream(1).blocks[0][0].second, "415");
  EXPECT_TRUE(connection.stream(3).blocks.empty());
  EXPECT_EQ(connection.stream(3).reset, std::uint32_t{NGHTTP2_PROTOCOL_ERROR})
      << "its length is not what it said";
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

TEST(Request, BrokenHeadersBreakOneStreamOnly) {
  const std::vector<std::pair<std::string, Fields>> cases = {
      {"upper-case name", RequestFields(kUnary, {{"X-Upper", "1"}})},
      {"connection field", RequestFields(kUnary, {{"connection", "close"}})},
      {"path without slash", RequestFields("nothing")},
      {"empty path", RequestFields("")},
      {"pseudo field last", RequestFields(kUnary, {{":path", "/x"}})},
      {"unknown pseudo field",
       {{":method", "POST"}, {":path", "/"}, {":scheme", "http"}, {":authority", "t"}, {":x", ""}}},
      {"no path", {{":method", "POST"}, {":scheme", "http"}, {":authority", "t"}}},
      {"no authority", {{":method", "POST"}, {":scheme", "http"}, {":path", "/"}}},
  };
  for (const auto& [name, fields] : cases) {
    SCOPED_TRACE(name);
    MemoryConnection connection;
    connection.Send(Preface() +
                    Frame(FrameType::kHeaders, kEndHeaders | kEndStream, 1, HeaderBlock(fields)));
    EXPECT_EQ(connection.stream(1).reset, std::uint32_t{NGHTTP2_PROTOCOL_ERROR});
    EXPECT_TRUE(connection.stream(1).blocks.empty());
    EXPECT_EQ(connection.calls(), 0u);
    ExpectStillServes(connection, 3);
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
                                          {"x-reason", "because"}}))
      << "Trailers-Only, without the initial metadata that the handler had ready";
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
