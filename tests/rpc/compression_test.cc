// Compressed requests and answers, frame by frame: what is read, what is refused, what is spared.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "echo.pb.h"
#include "gateway/grpcwire/gzip.h"
#include "tests/rpc/memory_connection.h"

namespace scoregate::rpc {
namespace {

constexpr char kUnary[] = "/scoregate.test.Echo/Unary";
constexpr char kChat[] = "/scoregate.test.Echo/Chat";
constexpr char kCompressed = 1;

const Fields kGzipBoth = {{"grpc-encoding", "gzip"},
                          {"grpc-accept-encoding", "identity,deflate, gzip"}};
const Fields kGzipRequest = {{"grpc-encoding", "gzip"}};
const Fields kAcceptsOnly = {{"grpc-accept-encoding", "gzip"}};

std::string Zip(const std::string& message) {
  grpcwire::Gzip gzip;
  std::string out(message.size() + message.size() / 100 + 100, '\0');
  out.resize(gzip.Deflate(message, out));
  return out;
}

std::string Plain(const std::string& body, test::Action action = test::ACTION_ECHO) {
  test::EchoRequest request;
  request.set_body(body);
  request.set_action(action);
  return request.SerializeAsString();
}

std::string Zipped(const std::string& body, test::Action action = test::ACTION_ECHO) {
  return Message(Zip(Plain(body, action)), kCompressed);
}

std::string Call(std::uint32_t stream, const Fields& fields, const std::string& message) {
  return RequestHeaders(stream, kUnary, fields) + Data(stream, message, kEndStream);
}

// In as many frames as it takes, and the end.
std::string WholeBody(std::uint32_t stream, std::string_view bytes) {
  std::string frames;
  do {
    std::string_view part = bytes.substr(0, kMaxFrameBytes);
    bytes.remove_prefix(part.size());
    frames += Data(stream, part, bytes.empty() ? kEndStream : kNoFlags);
  } while (!bytes.empty());
  return frames;
}

std::string Noise(std::size_t size) {
  std::mt19937 random(3);
  std::string noise(size, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  return noise;
}

/// One message of an answer.
struct Answered {
  bool compressed = false;
  std::string body;
  bool operator==(const Answered&) const = default;
};

std::vector<Answered> AnswersOf(std::string_view data) {
  std::vector<Answered> answers;
  grpcwire::FrameReader reader(std::size_t{16} * 1024 * 1024);
  grpcwire::FrameMessage message;
  while (reader.Next(data, message) == grpcwire::FrameStep::kMessage) {
    Answered answer{message.compressed(), ""};
    std::string bytes(message.bytes());
    grpcwire::Gzip gzip;
    if (answer.compressed) {
      EXPECT_EQ(gzip.Inflate(message.bytes(), {std::size_t{16} * 1024 * 1024}, bytes),
                grpcwire::InflateVerdict::kWhole);
    }
    test::EchoResponse response;
    EXPECT_TRUE(response.ParseFromString(bytes));
    answer.body = response.body();
    answers.push_back(std::move(answer));
  }
  EXPECT_TRUE(reader.AtBoundary());
  return answers;
}

bool Announces(const SeenStream& stream) {
  if (stream.blocks.empty()) return false;
  const Fields& headers = stream.blocks.front();
  return std::ranges::count(headers, Fields::value_type("grpc-encoding", "gzip")) == 1;
}

/// A call, and whether its answer comes compressed.
struct AnswerCase {
  const char* name;
  AnswerCompression compression;
  Fields fields;
  bool request_compressed;
  std::string body;
  bool announced;
  bool compressed;
};

std::vector<AnswerCase> AnswerCases() {
  using enum AnswerCompression;
  const std::string large(5000, 'a');
  const std::string small(500, 'a');
  return {
      {"as the request", kAsRequest, kGzipBoth, true, large, true, true},
      {"as the request names it, though its message is plain", kAsRequest, kGzipBoth, false, large,
       true, true},
      {"too small to pay", kAsRequest, kGzipBoth, true, small, true, false},
      {"no smaller for it", kAsRequest, kGzipBoth, true, Noise(5000), true, false},
      {"nothing in it", kAsRequest, kGzipBoth, true, "", true, false},
      {"a caller that writes gzip and reads none", kAsRequest, kGzipRequest, true, large, false,
       false},
      {"a caller that only could read it", kAsRequest, kAcceptsOnly, false, large, false, false},
      {"a caller that knows no gzip", kAsRequest, {}, false, large, false, false},
      {"wherever accepted", kWhereAccepted, kAcceptsOnly, false, large, true, true},
      {"wherever accepted, and it is not", kWhereAccepted, {}, false, large, false, false},
      {"a word that only holds gzip",
       kWhereAccepted,
       {{"grpc-accept-encoding", "xgzip,gzip2"}},
       false,
       large,
       false,
       false},
      {"two lists",
       kWhereAccepted,
       {{"grpc-accept-encoding", "identity"}, {"grpc-accept-encoding", "br ,gzip"}},
       false,
       large,
       true,
       true},
      {"never", kNever, kGzipBoth, true, large, false, false},
  };
}

TEST(Compression, OfAnswers) {
  for (const AnswerCase& row : AnswerCases()) {
    SCOPED_TRACE(row.name);
    MemoryConnection connection({}, {}, row.compression);
    connection.Send(
        Preface() +
        Call(1, row.fields, row.request_compressed ? Zipped(row.body) : Message(Plain(row.body))));
    const SeenStream& stream = connection.stream(1);
    EXPECT_EQ(Announces(stream), row.announced);
    EXPECT_EQ(AnswersOf(stream.data), (std::vector<Answered>{{row.compressed, row.body}}));
    EXPECT_TRUE(stream.ended);
    ASSERT_EQ(connection.sightings().ends().size(), 1u);
    EXPECT_EQ(connection.sightings().ends()[0].response_bytes, stream.data.size() - 5);
  }
}

TEST(Compression, IsSaidMessageByMessage) {
  MemoryConnection connection;
  connection.Send(
      Preface() + RequestHeaders(1, kChat, kGzipBoth) +
      Data(1, Zipped("first") + Message(Plain("second")) + Zipped(std::string(3000, 'b'))) +
      Data(1, Message(Plain("last")), kEndStream));
  EXPECT_EQ(
      AnswersOf(connection.stream(1).data),
      (std::vector<Answered>{
          {false, "first"}, {false, "second"}, {true, std::string(3000, 'b')}, {false, "last"}}));
}

TEST(Compression, AHandlerMayEndItForTheMessagesThatFollow) {
  const std::string large(3000, 'c');
  MemoryConnection connection;
  connection.Send(Preface() + RequestHeaders(1, kChat, kGzipBoth) +
                  WholeBody(1, Zipped(large) + Zipped(large, test::ACTION_PLAIN) + Zipped(large)));
  EXPECT_TRUE(Announces(connection.stream(1)));
  EXPECT_EQ(AnswersOf(connection.stream(1).data),
            (std::vector<Answered>{{true, large}, {false, large}, {false, large}}));
}

TEST(Compression, AHandlerSeesWhetherItsMessageCameCompressed) {
  for (bool compressed : {true, false}) {
    MemoryConnection connection;
    const std::string message = Plain("", test::ACTION_DESCRIBE);
    connection.Send(
        Preface() +
        Call(1, kGzipBoth, compressed ? Message(Zip(message), kCompressed) : Message(message)));
    test::EchoResponse response;
    ASSERT_TRUE(response.ParseFromString(connection.stream(1).data.substr(5)));
    EXPECT_EQ(response.compressed(), compressed);
  }
}

TEST(Compression, MayBeCutAtEveryByte) {
  const std::string bytes = Preface() + Call(1, kGzipBoth, Zipped("hello"));
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    MemoryConnection connection;
    connection.Send(bytes.substr(0, cut));
    connection.Send(bytes.substr(cut));
    EXPECT_EQ(AnswersOf(connection.stream(1).data), (std::vector<Answered>{{false, "hello"}}))
        << cut;
  }
}

/// A compressed request that must fail.
struct RefusalCase {
  const char* name;
  std::string message;
  std::string status;
  std::string fault;
  std::string field = {};
};

TEST(Compression, RefusesWhatItCannotOrWillNotInflate) {
  const std::string good = Zip(Plain("hello"));
  const std::vector<RefusalCase> cases = {
      {"no gzip", Message("hello", kCompressed), "13", "request_malformed"},
      {"nothing at all", Message("", kCompressed), "13", "request_malformed"},
      {"cut", Message(good.substr(0, good.size() - 1), kCompressed), "13", "request_malformed"},
      {"followed by something", Message(good + "x", kCompressed), "13", "request_malformed"},
      {"gzip of no protobuf", Message(Zip("\xff\xff\xff"), kCompressed), "13", "request_malformed"},
      {"over the limit", Zipped(Noise(3'000'000)), "8", "request_too_large", "body"},
      {"over the limit once inflated", Zipped(std::string(2'000'100, 'a')), "8",
       "request_too_large", "body"},
      {"too dense", Zipped(std::string(1'900'000, '\0')), "8", "request_too_large", "body"},
  };
  Limits limits;
  limits.max_message_bytes = 2'000'000;
  for (const RefusalCase& row : cases) {
    SCOPED_TRACE(row.name);
    MemoryConnection connection(limits);
    connection.Send(Preface());
    connection.Send(RequestHeaders(1, kUnary, kGzipBoth) + WholeBody(1, row.message));
    const SeenStream& stream = connection.stream(1);
    ASSERT_EQ(stream.blocks.size(), 1u) << "no message, and the failure alone";
    EXPECT_THAT(stream.blocks[0], testing::Contains(testing::Pair("grpc-status", row.status)));
    EXPECT_THAT(stream.blocks[0], testing::Contains(testing::Pair("x-fault", row.fault)));
    EXPECT_THAT(stream.blocks[0], testing::Contains(testing::Pair("x-field", row.field)));
    EXPECT_EQ(connection.sightings().ends().size(), 1u);
    connection.Send(Call(3, kGzipBoth, Zipped("after")));
    EXPECT_EQ(AnswersOf(connection.stream(3).data), (std::vector<Answered>{{false, "after"}}));
  }
}

TEST(Compression, TwoMembersAreOneMessage) {
  const std::string message = Plain("hello, hello");
  MemoryConnection connection;
  connection.Send(
      Preface() +
      Call(1, kGzipBoth, Message(Zip(message.substr(0, 6)) + Zip(message.substr(6)), kCompressed)));
  EXPECT_EQ(AnswersOf(connection.stream(1).data), (std::vector<Answered>{{false, "hello, hello"}}));
}

std::string HangingBomb(std::uint32_t stream) {
  return Call(stream, kGzipBoth, Zipped(std::string(300'000, 'a'), test::ACTION_HANG));
}

TEST(Compression, ManySmallRequestsCannotBecomeMuchMemory) {
  Limits limits;
  limits.max_held_bytes = 1'000'000;
  MemoryConnection connection(limits);
  connection.Send(Preface() + HangingBomb(1) + HangingBomb(3) + HangingBomb(5) + HangingBomb(7));
  EXPECT_EQ(connection.calls(), 3u);
  EXPECT_THAT(connection.stream(7).blocks.at(0),
              testing::Contains(testing::Pair("x-fault", "connection_limit")));
  connection.Send(Reset(3));
  connection.Send(HangingBomb(9));
  EXPECT_EQ(connection.calls(), 3u) << "what a call held is free when it ends";
  EXPECT_TRUE(connection.stream(9).blocks.empty());
  connection.Send(HangingBomb(11));
  EXPECT_EQ(connection.calls(), 3u);
}

TEST(Compression, AStreamHoldsOneInflatedMessageAtATime) {
  Limits limits;
  limits.max_held_bytes = 400'000;
  MemoryConnection connection(limits);
  std::string bombs;
  for (int i = 0; i < 20; ++i) bombs += Zipped(std::string(300'000, 'a'));
  connection.Send(Preface({{4, 16'000'000}}) +
                  Frame(FrameType::kWindowUpdate, kNoFlags, 0, Number32(16'000'000)));
  connection.Send(RequestHeaders(1, kChat, kGzipRequest) + WholeBody(1, bombs));
  EXPECT_EQ(AnswersOf(connection.stream(1).data).size(), 20u);
  EXPECT_THAT(connection.stream(1).blocks.back(),
              testing::Contains(testing::Pair("grpc-status", "0")));
}

}  // namespace
}  // namespace scoregate::rpc
