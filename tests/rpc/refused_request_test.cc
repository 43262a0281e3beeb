// Single requests that are refused, frame by frame: what exactly is answered, and that the
// connection lives on.
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

}  // namespace
}  // namespace scoregate::rpc
