// The server under peers of every kind: long-lived, cut off, oversized, and not HTTP at all.
#include "gateway/emulator/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/emulator/loopback.h"

namespace scoregate::emulator {
namespace {

using boost::beast::http::verb;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kRows = R"({"rows":[[5.1,3.5,1.4,0.2],[6.3,3.3,6.0,2.5],[null,1,1,1]]})";

std::string RawScore(std::string_view body, std::string_view fields = "") {
  return "POST /score HTTP/1.1\r\nHost: x\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// The server still scores.
void ExpectAlive(const RunningServer& server) {
  const auto reply = Client(server).Post("/score", kRows);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u);
}

TEST(Server, ScoresPlainJsonOnAnyPath) {
  RunningServer server;
  Client client(server);
  for (const char* const path : {"/score", "/v1/models/iris:predict", "/"}) {
    const auto reply = client.Post(path, kRows);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result_int(), 200u);
    EXPECT_THAT(reply->body(), StartsWith(R"({"predictions":["setosa","virginica",null],)"
                                          R"("probabilities":[[0.98158351661)"));
    EXPECT_THAT(reply->body(), testing::EndsWith(",null]}"));
  }
  const auto data = client.Post("/score", R"({"data":[["5.1",3.5,1.4,0.2]]})");
  ASSERT_TRUE(data);
  EXPECT_THAT(data->body(), StartsWith(R"({"predictions":["setosa"],)"));
}

TEST(Server, RefusesPlainJsonThatItCannotScore) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "not JSON"},
      {"[[1,2,3,4]]", "not an object"},
      {"{}", "a list named 'rows' or 'data'"},
      {R"({"rows":7})", "a list named 'rows' or 'data'"},
      {R"({"rows":[7]})", "row 1 is not a list"},
      {R"({"rows":[[1,2,3,4],[1,2,3]]})", "row 2 has 3 values, not 4"},
      {R"({"rows":[[1,2,3,4,5]]})", "row 1 has 5 values, not 4"},
      {R"({"rows":[[1,2,3,"x"]]})", R"(row 1, column 'petal width': \"x\")"},
  };
  RunningServer server;
  Client client(server);
  for (const auto& [body, why] : cases) {
    const auto reply = client.Post("/score", body);
    ASSERT_TRUE(reply) << body;
    EXPECT_EQ(reply->result_int(), 400u) << body;
    EXPECT_THAT(reply->body(), StartsWith(R"({"message":")")) << body;
    EXPECT_THAT(reply->body(), HasSubstr(why)) << body;
  }
}

TEST(Server, RefusesMoreRowsThanItsLimit) {
  std::string body = R"({"rows":[[1,1,1,1])";
  for (int i = 0; i < 100'000; ++i) body += ",[1,1,1,1]";
  RunningServer server;
  const auto reply = Client(server).Post("/score", body + "]}");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 400u);
  EXPECT_THAT(reply->body(), HasSubstr("more than 100000 rows"));
}

TEST(Server, PlainJsonNeedsTheKeyOnceOneIsConfigured) {
  Options options;
  options.api_key = "right";
  RunningServer server(options);
  Client client(server);
  const auto wrong = client.PostWithoutKey("/score", kRows);
  const auto right = client.PostWithoutKey("/score", kRows, {{"Authorization", "bearer right"}});
  ASSERT_TRUE(wrong && right);
  EXPECT_EQ(wrong->result_int(), 401u);
  EXPECT_THAT(wrong->body(), StartsWith(R"({"message":")"));
  EXPECT_EQ(right->result_int(), 200u);
}

TEST(Server, TellsItsHealthAndWhatItDoesNotHave) {
  RunningServer server;
  Client client(server);
  const auto healthy = client.Ask(verb::get, "/", "");
  const auto head = client.Ask(verb::head, "/", "");
  const auto nothing = client.Ask(verb::get, "/nothing", "");
  const auto wrong_method = client.Ask(verb::get, kExecute, "");
  const auto strange_method = client.Ask(verb::purge, "/score", "");
  ASSERT_TRUE(healthy && head && nothing && wrong_method && strange_method);
  EXPECT_EQ(healthy->body(), "Healthy");
  EXPECT_EQ(head->result_int(), 200u);
  EXPECT_EQ((*head)["content-length"], "7");
  EXPECT_EQ(nothing->result_int(), 404u);
  EXPECT_EQ(wrong_method->result_int(), 405u);
  EXPECT_EQ(strange_method->result_int(), 404u);
}

TEST(Server, TakesAThousandRequestsOnOneConnection) {
  RunningServer server;
  Client client(server);
  for (int i = 0; i < 1000; ++i) {
    const auto reply = client.Post("/score", kRows);
    ASSERT_TRUE(reply) << i;
    ASSERT_EQ(reply->result_int(), 200u) << i;
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  RunningServer server;
  Client client(server);
  ASSERT_TRUE(client.SendRaw(RawScore(kRows) + RawScore("{}") + RawScore(kRows)));
  for (const unsigned status : {200u, 400u, 200u}) {
    const auto reply = client.ReadReply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result_int(), status);
  }
}

TEST(Server, ClosesWhereThePeerAskedForIt) {
  RunningServer server;
  Client closing(server);
  ASSERT_TRUE(closing.SendRaw(RawScore(kRows, "Connection: close\r\n")));
  EXPECT_THAT(closing.ReadAll(), StartsWith("HTTP/1.1 200 OK\r\n"));
  Client old(server);
  ASSERT_TRUE(old.SendRaw("GET / HTTP/1.0\r\n\r\n"));
  const std::string answer = old.ReadAll();
  EXPECT_THAT(answer, StartsWith("HTTP/1.0 200 OK\r\n"));
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\nHealthy"));
}

TEST(Server, TakesChunkedBodiesAndExpectContinue) {
  RunningServer server;
  Client chunked(server);
  ASSERT_TRUE(
      chunked.SendRaw("POST /score HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "8\r\n{\"rows\":\r\nc\r\n[[1,2,3,4]]}\r\n0\r\n\r\n"));
  const auto reply = chunked.ReadReply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u) << reply->body();

  Client waiting(server);
  const std::string whole = RawScore(kRows, "Expect: 100-continue\r\nConnection: close\r\n");
  const std::size_t header = whole.find("\r\n\r\n") + 4;
  ASSERT_TRUE(waiting.SendRaw(whole.substr(0, header)));
  const auto go_on = waiting.ReadReply();
  ASSERT_TRUE(go_on);
  EXPECT_EQ(go_on->result_int(), 100u);
  ASSERT_TRUE(waiting.SendRaw(whole.substr(header)));
  EXPECT_THAT(waiting.ReadAll(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(Server, TakesARequestByteByByte) {
  RunningServer server;
  Client client(server);
  for (const char byte : RawScore(kRows)) ASSERT_TRUE(client.SendRaw({&byte, 1}));
  const auto reply = client.ReadReply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u);
}

TEST(Server, SurvivesARequestCutAnywhere) {
  RunningServer server;
  const std::string whole = RawScore(kRows);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    Client client(server);
    ASSERT_TRUE(client.SendRaw(whole.substr(0, length)));
    client.FinishSending();
    EXPECT_EQ(client.ReadAll(), "") << length;
  }
  ExpectAlive(server);
}

TEST(Server, SurvivesPeersThatLeaveWithoutReading) {
  RunningServer server;
  for (int i = 0; i < 50; ++i) {
    Client client(server);
    client.SendRaw(RawScore(kRows) + RawScore(kRows) + RawScore(kRows));
  }
  ExpectAlive(server);
}

struct BadBytes {
  const char* why;
  std::string bytes;
  const char* answer;
};

TEST(Server, AnswersWhatIsNotHttpAndHangsUp) {
  const std::string long_field = "GET / HTTP/1.1\r\nx: " + std::string(20'000, 'a') + "\r\n\r\n";
  const std::string long_target = "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n";
  std::string many_fields = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 2'000; ++i) many_fields += "a: bcdefgh\r\n";
  const BadBytes cases[] = {
      {"TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), "HTTP/1.1 400 "},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 400 "},
      {"no version", "GET /\r\n\r\n", "HTTP/1.1 400 "},
      {"control byte in a field", std::string("GET / HTTP/1.1\r\na: \x01\r\n\r\n"),
       "HTTP/1.1 400 "},
      {"negative length", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 400 "},
      {"two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
       "HTTP/1.1 400 "},
      {"bad chunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 "},
      {"long field", long_field, "HTTP/1.1 431 "},
      {"long target", long_target, "HTTP/1.1 431 "},
      {"many fields", many_fields, "HTTP/1.1 431 "},
      {"long body, announced", "POST / HTTP/1.1\r\nContent-Length: 16777217\r\n\r\n",
       "HTTP/1.1 413 "},
  };
  RunningServer server;
  for (const BadBytes& c : cases) {
    Client client(server);
    client.SendRaw(c.bytes);
    client.FinishSending();
    EXPECT_THAT(client.ReadAll(), StartsWith(c.answer)) << c.why;
  }
  ExpectAlive(server);
}

TEST(Server, RefusesALongChunkedBody) {
  Options options;
  options.limits.body_bytes = 1000;
  RunningServer server(options);
  Client client(server);
  ASSERT_TRUE(client.SendRaw("POST /score HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"));
  ASSERT_TRUE(client.SendRaw("400\r\n" + std::string(0x400, ' ') + "\r\n"));
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 413 "));
  Client fits(server);
  const auto reply =
      fits.Post("/score", std::string(kRows) + std::string(1000 - kRows.size(), ' '));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u);
}

TEST(Server, HangsUpOnAnIdlePeer) {
  Options options;
  options.limits.idle = std::chrono::milliseconds(20);
  RunningServer server(options);
  Client client(server);
  EXPECT_EQ(client.ReadAll(), "");
}

TEST(Server, ClosesWhatIsBeyondItsConnections) {
  Options options;
  options.max_connections = 2;
  RunningServer server(options);
  Client first(server);
  Client second(server);
  ASSERT_TRUE(first.Post("/score", kRows));
  ASSERT_TRUE(second.Post("/score", kRows));
  Client third(server);
  EXPECT_EQ(third.ReadAll(), "");
  EXPECT_TRUE(first.Post("/score", kRows));
}

TEST(Server, StopEndsConnectionsThatWaitOrAreBeingAnswered) {
  auto server = std::make_unique<RunningServer>();
  Client idle(*server);
  Client halfway(*server);
  Client slow(*server);
  ASSERT_TRUE(idle.Post("/score", kRows));
  ASSERT_TRUE(halfway.SendRaw(RawScore(kRows).substr(0, 60)));
  ASSERT_TRUE(slow.SendRaw(RawScore(kRows, "x-raise: shape/slow=60s\r\n")));
  // Joins the thread, so it returns only once every connection has ended.
  server.reset();
  EXPECT_EQ(idle.ReadAll(), "");
  EXPECT_EQ(halfway.ReadAll(), "");
  EXPECT_EQ(slow.ReadAll(), "");
}

TEST(Server, MayBeDroppedWithConnectionsOnALoopThatNoLongerRuns) {
  auto context = std::make_unique<boost::asio::io_context>(1);
  auto server = std::make_unique<Server>(*context, Options());
  ASSERT_TRUE(server->Start().ok());
  boost::asio::io_context other;
  boost::asio::ip::tcp::socket peer(other);
  peer.connect({boost::asio::ip::make_address("127.0.0.1"), server->port()});
  // One step accepts; the connection then waits for a request that never comes.
  context->run_one();
  server.reset();
  context.reset();
  char byte = 0;
  boost::system::error_code error;
  peer.read_some(boost::asio::buffer(&byte, 1), error);
  EXPECT_TRUE(error);
}

TEST(Server, NamesItsAddressAndWhyItCannotListen) {
  boost::asio::io_context context(1);
  Server first(context, Options());
  ASSERT_TRUE(first.Start().ok());
  EXPECT_EQ(first.address(), "127.0.0.1:" + std::to_string(first.port()));

  Options taken;
  taken.host = "localhost";
  taken.port = first.port();
  Server second(context, taken);
  const auto refused = second.Start();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().kind, http::FaultKind::kConnectFailed);
  EXPECT_THAT(refused.fault().text, HasSubstr("cannot listen on localhost port"));

  Options nonsense;
  nonsense.host = "not an address";
  EXPECT_FALSE(Server(context, nonsense).Start().ok());
}

}  // namespace
}  // namespace scoregate::emulator
