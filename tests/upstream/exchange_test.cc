// Whole exchanges over a loopback socket: what is sent, what comes back, which connections live on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/scripted_server.h"
#include "tests/upstream/stage.h"

namespace scoregate::upstream {
namespace {

using support::Script;
using support::ScriptedServer;

constexpr const char* kHello = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
constexpr const char* kSecond = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond";

Script Answers(std::vector<std::string> answers) {
  Script script;
  for (std::string& answer : answers) script.ReadRequest().Write(std::move(answer));
  return script;
}

// A port that refuses connections: it was free a moment ago.
std::uint16_t ClosedPort() {
  ScriptedServer server({Script()});
  return server.port();
}

TEST(Exchange, SendsTheRequestAsItStands) {
  ScriptedServer server({Answers({kHello})});
  Stage stage(server.port());
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  EXPECT_THAT(
      server.received(0),
      testing::MatchesRegex("POST /score\\?details=true HTTP/1.1\r\nhost: 127.0.0.1:[0-9]+\r\n"
                            "authorization: Bearer secret-key\r\nuser-agent: scoregate/[0-9.]+"
                            "\r\naccept-encoding: identity\r\ncontent-length: 2\r\n\r\n\\{\\}"));
}

TEST(Exchange, UsesAConnectionAgain) {
  ScriptedServer server({Answers({kHello, kSecond, kHello})});
  Stage stage(server.port());
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  EXPECT_EQ(server.connections(), 1u);
  EXPECT_EQ(stage.client().stats().connections_opened, 1u);
  EXPECT_EQ(stage.client().stats().connections_reused, 2u);
}

struct LastAnswer {
  const char* name;
  std::string answer;
  const char* expected;
};

const std::vector<LastAnswer>& AnswersAfterWhichTheConnectionIsClosed() {
  static const std::vector<LastAnswer> rows = {
      {"says close", "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\nx", "200 x"},
      {"version 1.0", "HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\nx", "200 x"},
      {"bytes follow", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nxy", "200 x"},
      {"error is cut", "HTTP/1.1 500 X\r\ncontent-length: 9\r\n\r\n012345678",
       "500 01234567 (cut)"},
      {"success is too large", "HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n",
       "response_too_large: the body of the answer of PLACE is over the limit of 20 bytes"},
      {"head is too large", "HTTP/1.1 200 OK\r\nx: " + std::string(400, 'x'),
       "response_too_large: the head of the answer of PLACE is over the limit of 300 bytes"},
      {"not HTTP", "SSH-2.0-OpenSSH\r\n",
       "response_invalid: the answer of PLACE was refused: it does not begin with HTTP/"},
      {"two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\nx",
       "response_invalid: the answer of PLACE was refused: it has more than one Content-Length"},
      {"switches protocols", "HTTP/1.1 101 X\r\n\r\n",
       "response_invalid: the answer of PLACE was refused: it switches protocols, which was not "
       "asked for"},
      {"a compressed success",
       "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1\r\n\r\nx",
       "response_invalid: the answer of PLACE has a content coding, although none was asked for"},
  };
  return rows;
}

TEST(Exchange, ClosesTheConnectionAfterAnythingUnusual) {
  for (const LastAnswer& row : AnswersAfterWhichTheConnectionIsClosed()) {
    ScriptedServer server({Answers({row.answer}), Answers({kSecond})});
    Stage stage(server.port());
    stage.settings.limits.max_header_bytes = 300;
    stage.settings.limits.max_response_bytes = 20;
    stage.settings.limits.max_error_body_bytes = 8;
    EXPECT_EQ(stage.Exchange(SmallRequest()), row.expected) << row.name;
    EXPECT_EQ(stage.client().idle_connections(), 0u) << row.name;
    EXPECT_TRUE(server.WaitForEnd(0)) << row.name;
    EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second") << row.name;
    EXPECT_EQ(server.connections(), 2u) << row.name;
  }
}

TEST(Exchange, KeepsTheConnectionAfterOrdinaryAnswers) {
  const std::vector<LastAnswer> rows = {
      {"error", "HTTP/1.1 503 X\r\ncontent-length: 4\r\n\r\nbusy", "503 busy"},
      {"trailers",
       "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\na: b\r\n\r\n",
       "200 x {a: b}"},
      {"no body", "HTTP/1.1 204 X\r\n\r\n", "204 "},
      {"interim first", std::string("HTTP/1.1 100 Continue\r\n\r\n") + kHello, "200 hello"},
      {"an uncompressed success that says so",
       "HTTP/1.1 200 OK\r\ncontent-encoding: identity\r\ncontent-length: 1\r\n\r\nx", "200 x"},
      {"a compressed error",
       "HTTP/1.1 500 X\r\ncontent-encoding: gzip\r\ncontent-length: 1\r\n\r\nx", "500 x"},
  };
  for (const LastAnswer& row : rows) {
    ScriptedServer server({Answers({row.answer, kSecond})});
    Stage stage(server.port());
    EXPECT_EQ(stage.Exchange(SmallRequest()), row.expected) << row.name;
    EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second") << row.name;
    EXPECT_EQ(server.connections(), 1u) << row.name;
  }
}

TEST(Exchange, ReadsAnswersInPiecesOfEverySize) {
  const std::string kAnswer =
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\na: "
      "b\r\n\r\n";
  std::vector<Script> scripts;
  for (std::size_t piece = 1; piece < kAnswer.size(); ++piece) {
    scripts.push_back(Script().ReadRequest().WriteInPieces(kAnswer, piece).WaitForClose());
  }
  ScriptedServer server(scripts);
  for (std::size_t piece = 1; piece < kAnswer.size(); ++piece) {
    Stage stage(server.port());
    EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello {a: b}") << piece;
  }
}

TEST(Exchange, SaysWhereAConnectionEnded) {
  const std::string kAnswer = kHello;
  const std::string kBefore = "the connection to PLACE broke before the answer: ";
  const std::string kInside = "the connection to PLACE broke inside the answer: ";
  std::vector<Script> scripts;
  for (std::size_t cut = 0; cut < kAnswer.size(); ++cut) {
    scripts.push_back(Script().ReadRequest().Write(kAnswer.substr(0, cut)).Close());
  }
  ScriptedServer server(scripts);
  for (std::size_t cut = 0; cut < kAnswer.size(); ++cut) {
    Stage stage(server.port());
    stage.idempotent = true;  // A new connection that fails is not tried again for all that.
    EXPECT_EQ(stage.Exchange(SmallRequest()),
              "reset_after_send: " + (cut == 0 ? kBefore : kInside) + "it was closed")
        << cut;
  }
  EXPECT_EQ(server.connections(), kAnswer.size());
}

TEST(Exchange, TellsOfAReset) {
  ScriptedServer server({Script().ReadRequest().Reset()});
  Stage stage(server.port());
  EXPECT_EQ(
      stage.Exchange(SmallRequest()),
      "reset_after_send: the connection to PLACE broke before the answer: Connection reset by "
      "peer");
}

TEST(Exchange, TellsOfAPortThatRefuses) {
  Stage stage(ClosedPort());
  EXPECT_EQ(stage.Exchange(SmallRequest()),
            "connect: could not connect to PLACE: Connection refused");
  EXPECT_EQ(stage.client().stats().connections_failed, 1u);
}

TEST(Exchange, ChecksTheRequestBeforeItConnects) {
  ScriptedServer server({Answers({kHello})});
  Stage stage(server.port());
  stage.settings.limits.max_request_bytes = 4;
  http::HttpRequest large;
  large.body = "12345";
  EXPECT_EQ(stage.Exchange(large),
            "request_too_large: the request's body has 5 bytes, over the limit of 4");
  http::HttpRequest forged;
  forged.headers.Add("x", "y\r\nz: forged");
  EXPECT_EQ(stage.Exchange(forged), "request_invalid: the header x has a control character");
  EXPECT_EQ(server.connections(), 0u);
  large.body = "1234";
  EXPECT_EQ(stage.Exchange(large), "200 hello");
}

TEST(Exchange, ReadsNoBodyAfterHead) {
  ScriptedServer server({Answers({"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n", kSecond})});
  Stage stage(server.port());
  http::HttpRequest request;
  request.method = "HEAD";
  EXPECT_EQ(stage.Exchange(request), "200 ");
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
  EXPECT_EQ(server.connections(), 1u);
}

TEST(Exchange, TakesAnAnswerThatComesBeforeTheRequestIsSent) {
  // The server reads the head only, and never the rest: writing comes to a halt.
  ScriptedServer server(
      {Script().ReadHead().Write("HTTP/1.1 413 X\r\ncontent-length: 5\r\n\r\nlarge").Pause(),
       Answers({kSecond})});
  Stage stage(server.port());
  stage.settings.limits.max_request_bytes = 64u << 20;
  http::HttpRequest request;
  request.body.assign(32u << 20, 'x');
  EXPECT_EQ(stage.Exchange(request), "413 large");
  EXPECT_EQ(stage.client().idle_connections(), 0u);
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
}

TEST(Exchange, CarriesLargeBodiesBothWays) {
  constexpr std::size_t kSize = 6u << 20;
  std::string body(kSize, 'b');
  ScriptedServer server(
      {Answers({"HTTP/1.1 200 OK\r\ncontent-length: " + std::to_string(kSize) + "\r\n\r\n" + body,
                kSecond})});
  Stage stage(server.port());
  stage.settings.limits.max_request_bytes = kSize;
  http::HttpRequest request;
  request.body.assign(kSize, 'a');
  EXPECT_EQ(stage.Exchange(request), "200 " + body);
  std::string received = server.received(0);
  EXPECT_EQ(received.size() - received.find("\r\n\r\n") - 4, kSize);
  EXPECT_EQ(received.find_first_not_of('a', received.find("\r\n\r\n") + 4), received.npos);
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
  EXPECT_EQ(server.connections(), 1u);
}

TEST(Exchange, MakesManyAtATime) {
  constexpr std::size_t kCalls = 20;
  ScriptedServer server(
      {Script().ReadRequest().Pause().Write(kHello).ReadRequest().Write(kSecond)});
  Stage stage(server.port());
  stage.settings.limits.max_idle_connections = 5;
  std::vector<std::unique_ptr<Pending>> calls;
  for (std::size_t i = 0; i < kCalls; ++i) calls.push_back(stage.Start(SmallRequest()));
  ASSERT_TRUE(stage.RunUntil([&] { return server.connections() == kCalls; }));
  for (std::size_t i = 0; i < kCalls; ++i) server.Resume();
  for (const auto& call : calls) {
    ASSERT_TRUE(stage.RunUntil([&] { return call->ended(); }));
    EXPECT_EQ(Describe(call->outcome(), server.port()), "200 hello");
  }
  EXPECT_EQ(stage.client().idle_connections(), 5u);
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 second");
}

TEST(Exchange, SpeaksIpv6) {
  std::unique_ptr<ScriptedServer> server;
  try {
    ScriptedServer::Options options;
    options.address = "::1";
    server = std::make_unique<ScriptedServer>(std::vector<Script>{Answers({kHello})}, options);
  } catch (const std::runtime_error&) {
    return;  // This machine has no IPv6; there is nothing to speak it with.
  }
  Stage stage(server->port());
  stage.settings.address.host = "::1";
  EXPECT_EQ(stage.Exchange(SmallRequest()), "200 hello");
  EXPECT_THAT(server->received(0), testing::HasSubstr("\r\nhost: [::1]:"));
}

}  // namespace
}  // namespace scoregate::upstream
