// Frames that cost a caller nothing: how they are counted, and that the count ends floods and
// spares everybody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "echo.pb.h"
#include "gateway/rpc/http2/frame_meter.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr char kChat[] = "/scoregate.test.Echo/Chat";
constexpr auto kPriority = static_cast<FrameType>(2);
constexpr auto kUnknown = static_cast<FrameType>(0xee);
constexpr std::size_t kPrefaceText = 24;

std::string Request(const std::string& body) {
  test::EchoRequest request;
  request.set_body(body);
  return Message(request.SerializeAsString());
}

std::string Ping() {
  return Frame(FrameType::kPing, kNoFlags, 0, "12345678");
}

std::string Window(std::uint32_t stream) {
  return Frame(FrameType::kWindowUpdate, kNoFlags, stream, Number32(1));
}

std::string Padded(std::size_t bytes, unsigned char padding, std::uint8_t flags = kNoFlags) {
  std::string payload(1, static_cast<char>(padding));
  payload += std::string(bytes, 'x') + std::string(padding, '\0');
  return Data(1, payload, static_cast<std::uint8_t>(flags | kPadded));
}

std::span<const std::uint8_t> Bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(FrameMeter, CountsWhatCarriesNothing) {
  struct Case {
    std::string name;
    std::string frame;
    std::int64_t overhead;
  };
  const std::vector<Case> cases = {
      {"PING", Ping(), 17},
      {"SETTINGS of one", Frame(FrameType::kSettings, kNoFlags, 0, "123456"), 15},
      {"PRIORITY", Frame(kPriority, kNoFlags, 1, "12345"), 14},
      {"WINDOW_UPDATE", Window(0), 13},
      {"RST_STREAM", Reset(1), 13},
      {"unknown, 300 bytes", Frame(kUnknown, kNoFlags, 1, std::string(300, 'x')), 309},
      {"empty DATA", Data(1, ""), 9},
      {"DATA of four bytes", Data(1, "1234"), 9},
      {"DATA of the smallest message", Data(1, "12345"), 0},
      {"empty DATA that ends", Data(1, "", kEndStream), 0},
      {"DATA that is marked as padded and is not", Padded(1000, 0), 0},
      {"DATA with as much padding as data", Padded(101, 100), 0},
      {"DATA with more padding than data", Padded(30, 200), 201 - 30},
      {"DATA of nearly nothing with padding", Padded(4, 200), 9 + 201},
      {"DATA of padding", Padded(0, 255), 9 + 256},
      {"DATA whose padding is longer than it is", Data(1, "\xff", kPadded), 9 + 256},
      {"DATA that has no room for the size of its padding", Data(1, "", kPadded), 9},
      {"padded DATA that ends", Padded(4, 200, kEndStream), 0},
      {"padded DATA over the limit, which is an error", Padded(17'000, 200), 0},
      {"a frame over the limit, which is an error",
       Frame(kUnknown, kNoFlags, 1, std::string(16'385, 'x')), 0},
      {"PUSH_PROMISE, which is one, too", Frame(static_cast<FrameType>(5), kNoFlags, 1, "1234"), 0},
      {"HEADERS", RequestHeaders(1, kUnary), -64},
      {"CONTINUATION", Frame(FrameType::kContinuation, kNoFlags, 1, "123"), 9},
  };
  for (const Case& row : cases) {
    std::string bytes = std::string(kPrefaceText, 'p') + row.frame + row.frame;
    std::size_t last = std::min<std::size_t>(bytes.size(), 2'000);
    for (std::size_t cut = 0; cut <= last; ++cut) {
      FrameMeter meter;
      std::int64_t sum = meter.Read(Bytes(bytes.substr(0, cut)));
      sum += meter.Read(Bytes(bytes.substr(cut)));
      ASSERT_EQ(sum, 2 * row.overhead) << row.name << " cut at " << cut;
    }
  }
}

TEST(Flood, FramesWithoutContentEndTheConnection) {
  const std::vector<std::pair<std::string, std::string>> floods = {
      {"PING", Ping()},
      {"SETTINGS", Frame(FrameType::kSettings, kNoFlags, 0, "")},
      {"PRIORITY", Frame(kPriority, kNoFlags, 9, Number32(7) + "x")},
      {"WINDOW_UPDATE of the connection", Window(0)},
      {"WINDOW_UPDATE of a call", Window(1)},
      {"unknown", Frame(kUnknown, kNoFlags, 1, "")},
      {"empty DATA", Data(1, "")},
      {"DATA of padding", Data(1, std::string(1, 99) + std::string(99, 0), kPadded)},
      {"RST_STREAM of a call that is gone", Reset(1)},
      {"GOAWAY", Frame(FrameType::kGoaway, kNoFlags, 0, Number32(0) + Number32(0))},
  };
  for (const auto& [name, frame] : floods) {
    SCOPED_TRACE(name);
    Limits limits;
    limits.max_overhead_burst_bytes = 2000;
    limits.max_overhead_bytes_per_second = 0;
    MemoryConnection connection(limits);
    connection.Send(Preface() + RequestHeaders(1, kChat));
    for (int i = 0; i < 300 && !connection.ended_writing(); ++i) connection.Send(frame);
    ASSERT_EQ(connection.seen().goaways.size(), 1u);
    EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM});
    EXPECT_TRUE(connection.ended_writing());
    EXPECT_EQ(connection.sightings().started(), connection.sightings().unwound());
  }
}

TEST(Flood, WhatIsBeyondTheAllowanceIsNotRead) {
  Limits limits;
  limits.max_overhead_burst_bytes = 2000;
  limits.max_overhead_bytes_per_second = 0;
  MemoryConnection connection(limits);
  connection.Send(Preface());
  std::string flood;
  for (int i = 0; i < 500; ++i) flood += Ping();
  connection.Send(flood);
  EXPECT_THAT(connection.seen().ping_acks, testing::IsEmpty());
  ASSERT_EQ(connection.seen().goaways.size(), 1u);
  EXPECT_TRUE(connection.ended_writing());
  EXPECT_FALSE(connection.closed()) << "the caller closes when it has read why";
  connection.Hangup();
  EXPECT_TRUE(connection.closed());
}

TEST(Flood, SettingsWeighMoreTheMoreStreamsTheyTouch) {
  for (const auto& [streams, allowed] : {std::pair(0u, 132u), {50u, 30u}}) {
    SCOPED_TRACE(streams);
    Limits limits;
    limits.max_overhead_burst_bytes = 2000;
    limits.max_overhead_bytes_per_second = 0;
    MemoryConnection connection(limits);
    connection.Send(Preface());
    for (std::uint32_t i = 0; i < streams; ++i) connection.Send(RequestHeaders(2 * i + 1, kChat));
    std::string settings =
        Frame(FrameType::kSettings, kNoFlags, 0, std::string("\0\4", 2) + Number32(100));
    unsigned sent = 0;
    while (sent < 500 && connection.seen().goaways.empty()) {
      connection.Send(settings);
      ++sent;
    }
    EXPECT_EQ(sent, allowed + 1);
  }
}

TEST(Flood, WhatCallsNeedIsNoFlood) {
  Limits limits;
  limits.max_overhead_burst_bytes = 500;
  limits.max_overhead_bytes_per_second = 0;
  MemoryConnection connection(limits);
  connection.Send(Preface());
  std::uint32_t stream = 1;
  for (int i = 0; i < 500; ++i, stream += 2) {
    connection.Send(RequestHeaders(stream, kUnary) + Data(stream, Request("x"), kEndStream) +
                    Window(0) + Window(0) + Ping());
    ASSERT_TRUE(connection.stream(stream).ended) << "call " << i;
  }
  EXPECT_TRUE(connection.seen().goaways.empty());
}

TEST(Flood, HonestPaddingIsNone) {
  Limits limits;
  limits.max_overhead_burst_bytes = 500;
  limits.max_overhead_bytes_per_second = 0;
  MemoryConnection connection(limits);
  connection.Send(Preface());
  std::string body(300, 'x');
  std::string message = Request(body);
  std::string head = message.substr(0, 200);
  std::uint32_t stream = 1;
  for (int i = 0; i < 100; ++i, stream += 2) {
    connection.Send(
        RequestHeaders(stream, kUnary) +
        Data(stream, '\x64' + head + std::string(100, '\0'), kPadded) +
        Data(stream, '\xc8' + message.substr(200) + std::string(200, '\0'), kPadded | kEndStream));
    ASSERT_TRUE(connection.stream(stream).ended) << "call " << i;
  }
  EXPECT_TRUE(connection.seen().goaways.empty());
}

TEST(Flood, DataOnItsWayToARefusedCallIsNoFlood) {
  Limits limits;
  limits.max_overhead_burst_bytes = 500;
  limits.max_overhead_bytes_per_second = 0;
  MemoryConnection connection(limits);
  std::string frames = Preface() + RequestHeaders(1, "/nothing");
  for (int i = 0; i < 3; ++i) frames += Data(1, std::string(16'000, 'x'));
  connection.Send(frames);
  EXPECT_TRUE(connection.stream(1).ended);
  EXPECT_TRUE(connection.seen().goaways.empty());
}

// Fields of 1,037 bytes (RFC 9113, 6.5.2), each another one.
std::string LargeFields(int count) {
  std::string block;
  for (int i = 0; i < count; ++i) {
    block += HeaderBlock({{"x-big", std::string(999, 'b') + static_cast<char>('a' + i)}});
  }
  return block;
}

TEST(Flood, AHeaderListFarOverTheLimitEndsTheConnection) {
  Limits limits;
  limits.max_header_list_bytes = 4'000;
  // The same, kept in the table of HPACK; 0xbe refers to it.
  std::string entry = std::string("\x40\5x-big\x7f\xe9\x06", 10) + std::string(1000, 'b');
  struct Row {
    const char* name;
    std::string fields;
    bool ends;
  };
  const Row rows[] = {
      {"a reference over the limit", entry + std::string(3, '\xbe'), false},
      {"other fields, three times the limit", LargeFields(11), false},
      {"other fields, a little more than four times the limit", LargeFields(16), true},
      {"references, twice the limit", entry + std::string(7, '\xbe'), true},
      {"references to a small field, twice the limit",
       std::string("\x40\3x-s\1b", 7) + std::string(200, '\xbe'), false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    MemoryConnection connection(limits);
    const std::string block = HeaderBlock(RequestFields(kUnary)) + row.fields;
    ASSERT_LE(block.size(), kMaxFrameBytes);
    connection.Send(Preface() + Frame(FrameType::kHeaders, kEndHeaders | kEndStream, 1, block));
    std::vector<std::uint32_t> goaways;
    for (const auto& [last, code] : connection.seen().goaways) goaways.push_back(code);
    EXPECT_EQ(goaways, row.ends ? std::vector{std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM}}
                                : std::vector<std::uint32_t>());
    ASSERT_EQ(connection.stream(1).blocks.size(), row.ends ? 0u : 1u);
    if (row.ends) continue;
    EXPECT_EQ(connection.stream(1).blocks[0][2].second, "8");
  }
}

TEST(Flood, BlocksOfTableSizeUpdatesAreCounted) {
  Limits limits;
  limits.max_overhead_burst_bytes = 8'000;
  limits.max_overhead_bytes_per_second = 0;
  MemoryConnection connection(limits);
  std::string updates(3000, '\x20');
  std::string block = updates + HeaderBlock(RequestFields(kChat));
  connection.Send(Preface());
  std::uint32_t stream = 1;
  for (; stream < 20 && connection.seen().goaways.empty(); stream += 2) {
    connection.Send(Frame(FrameType::kHeaders, kEndHeaders, stream, block) + Reset(stream));
  }
  ASSERT_EQ(connection.seen().goaways.size(), 1u);
  EXPECT_EQ(connection.seen().goaways[0].second, std::uint32_t{NGHTTP2_ENHANCE_YOUR_CALM});
  EXPECT_EQ(stream, 7u) << "the third block";
}

}  // namespace
}  // namespace scoregate::rpc
