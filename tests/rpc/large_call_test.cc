// Messages that are large enough to be read and written beside the lane: nothing is to be seen of
// that but that others are served meanwhile.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/grpcwire/gzip.h"
#include "gateway/lane/aside.h"
#include "tests/rpc/echo_calls.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr char kCompressed = 1;
const Fields kGzip = {{"grpc-encoding", "gzip"}};

std::string Zip(std::string_view message) {
  grpcwire::Gzip gzip;
  std::string out(message.size() + message.size() / 100 + 100, '\0');
  out.resize(gzip.Deflate(message, out));
  return out;
}

std::string Frames(std::uint32_t stream, std::string_view message, std::uint8_t end = kEndStream) {
  std::string frames;
  for (; message.size() > kMaxFrameBytes; message.remove_prefix(kMaxFrameBytes)) {
    frames += Data(stream, message.substr(0, kMaxFrameBytes));
  }
  return frames + Data(stream, message, end);
}

/// A message of a call, and what is to be echoed.
struct LargeCase {
  const char* name;
  std::string body;
  std::string message;
};

std::vector<LargeCase> LargeCases() {
  const std::string below(lane::kAsideBytes - 100, 'b');
  const std::string above(lane::kAsideBytes + 100, 'a');
  const std::string much(500'000, 'm');
  const auto plain = [](const std::string& body) { return Request(body).substr(5); };
  const auto zipped = [&](const std::string& body) {
    return Message(Zip(plain(body)), kCompressed);
  };
  const std::string whole = plain(much);
  // Its last member says that it is small.
  const std::string members =
      Zip(whole.substr(0, whole.size() - 10)) + Zip(whole.substr(whole.size() - 10));
  return {
      {"too small to go aside", below, Request(below)},
      {"large", above, Request(above)},
      {"very large", much, Request(much)},
      {"inflates to too little to go aside", below, zipped(below)},
      {"inflates to much", above, zipped(above)},
      {"inflates to very much", much, zipped(much)},
      {"inflates to more than it says", much, Message(members, kCompressed)},
  };
}

TEST(LargeCall, AnUnaryCallIsAnsweredAsASmallOneIs) {
  for (const LargeCase& row : LargeCases()) {
    SCOPED_TRACE(row.name);
    MemoryConnection connection(WideLimits());
    connection.Send(WidePreface() + RequestHeaders(1, kUnary, kGzip) + Frames(1, row.message));
    ExpectEchoed(connection.stream(1), row.body);
    ExpectStillServes(connection, 3);
  }
}

TEST(LargeCall, AStreamOfLargeMessagesKeepsTheirOrder) {
  MemoryConnection connection(WideLimits());
  connection.Send(WidePreface() + RequestHeaders(1, kCollect, kGzip));
  std::string all;
  for (const LargeCase& row : LargeCases()) {
    connection.Send(Frames(1, row.message, kNoFlags));
    all += row.body;
  }
  connection.Send(Data(1, "", kEndStream));
  ExpectEchoed(connection.stream(1), all);
}

// What cannot be read fails with the words that a small one fails with.
TEST(LargeCall, WhatCannotBeReadFailsItsCallAlone) {
  struct Case {
    const char* name;
    std::string message;
    const char* fault;
  };
  std::string cut = Zip(Request(std::string(500'000, 'c')));
  cut.resize(cut.size() - 9);
  // Of what its end says, in bytes.
  cut += std::string("\0\0\0\0\0\0\x08\0", 8);
  const Case cases[] = {
      {"no protobuf", Message(std::string(100'000, '\xff')), "request_malformed"},
      {"no protobuf inside gzip", Message(Zip(std::string(100'000, '\xff')), kCompressed),
       "request_malformed"},
      {"broken gzip", Message(cut, kCompressed), "request_malformed"},
      {"too dense", Message(Zip(std::string(3'000'000, '\0')), kCompressed), "request_too_large"},
      {"too large", Message(Zip(std::string(9'000'000, '\0')), kCompressed), "request_too_large"},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    MemoryConnection connection(WideLimits());
    connection.Send(WidePreface() + RequestHeaders(1, kUnary, kGzip) + Frames(1, row.message));
    ASSERT_FALSE(connection.stream(1).blocks.empty());
    Fields& end = connection.stream(1).blocks.back();
    EXPECT_EQ(std::ranges::count(end, Fields::value_type("x-fault", row.fault)), 1);
    ExpectStillServes(connection, 3);
  }
}

}  // namespace
}  // namespace scoregate::rpc
