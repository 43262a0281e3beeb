#include "tests/rpc/echo_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace scoregate::rpc {

std::string Request(const std::string& body, test::Action action, std::uint32_t count) {
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

}  // namespace scoregate::rpc
