// Raising over real sockets: every documented error by both ways, counts, and undocumented shapes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "gateway/catalogue/catalogue.h"
#include "gateway/catalogue/message_template.h"
#include "gateway/emulator/errors/odd_bodies.h"
#include "gateway/emulator/errors/parameter_values.h"
#include "tests/emulator/envelope_reader.h"
#include "tests/emulator/loopback.h"

namespace scoregate::emulator {
namespace {

using testing::HasSubstr;

constexpr std::string_view kRows = R"({"rows":[[5.1,3.5,1.4,0.2]]})";

std::string ClassicBody(const std::string& order) {
  return R"({"Inputs":{"input1":[{"sepal length":5.1,"sepal width":3.5,"petal length":1.4,)"
         R"("petal width":0.2}]},"GlobalParameters":{"raise":")" +
         order + "\"}}";
}

SeenError Seen(const std::optional<Reply>& reply) {
  if (!reply) return {};
  return ReadEnvelope(static_cast<int>(reply->result_int()), reply->body());
}

// What the one detail of a raised row has to say.
void ExpectMessageOf(const catalogue::ErrorCode& row, const std::string& message) {
  const auto read = catalogue::ReadParameters(row.error_class, row.name, message);
  EXPECT_EQ(read.has_value(), row.parameters > 0) << row.name << ": " << message;
  EXPECT_EQ(read.value_or(catalogue::Parameters()), ParameterValues(row.error_class, row.name))
      << row.name << ": " << message;
  EXPECT_EQ(message.empty(), !row.has_message) << row.name << ": " << message;
}

TEST(Raise, EveryDocumentedErrorByParameterAndByHeader) {
  RunningServer server;
  Client client(server);
  int raised = 0;
  // Raises it both ways; the messages are those that came.
  const auto check = [&](const std::string& order, const std::string& expected) {
    const auto by_parameter = client.Post(kExecuteSwagger, ClassicBody(order));
    const auto by_header = client.Post("/score", kRows, {{"x-raise", order}});
    EXPECT_TRUE(by_parameter && by_header) << order;
    if (!by_parameter || !by_header) return std::vector<std::string>();
    EXPECT_EQ(Seen(by_parameter).Text(), expected) << order;
    EXPECT_EQ(by_parameter->body(), by_header->body());
    EXPECT_EQ(by_parameter->result_int(), by_header->result_int());
    ++raised;
    return Seen(by_parameter).messages;
  };
  for (const auto& row : catalogue::Classes()) {
    const std::string name(row.name);
    const std::string status = std::to_string(row.http_status) + " ";
    check(name, status + name + "[]");
    for (const auto& code : catalogue::CodesOf(row.name)) {
      const std::string code_name(code.name);
      const auto messages = check(name + "/" + code_name, status + name + "[" + code_name + "]");
      ASSERT_EQ(messages.size(), 1u) << code_name;
      ExpectMessageOf(code, messages[0]);
    }
  }
  EXPECT_EQ(raised, 128);
}

TEST(Raise, StatusesAreTheDocumentedOnes) {
  // A sample that this test knows by itself, so that it does not only compare the catalogue with
  // the catalogue.
  const std::pair<const char*, const char*> cases[] = {
      {"BadArgument/MissingRequestInput", "400 BadArgument[MissingRequestInput]"},
      {"Unauthorized/ScoreRequestUnauthorized", "401 Unauthorized[ScoreRequestUnauthorized]"},
      {"NotFound", "404 NotFound[]"},
      {"RequestTimeout/RequestCanceled", "408 RequestTimeout[RequestCanceled]"},
      {"Conflict", "409 Conflict[]"},
      {"MemoryQuotaViolation/OutOfMemoryLimit", "413 MemoryQuotaViolation[OutOfMemoryLimit]"},
      {"ModuleExecutionError", "400 ModuleExecutionError[]"},
      {"InternalErrorSystemLowOnMemory", "500 InternalErrorSystemLowOnMemory[]"},
      {"ServiceUnavailable/RequestThrottled", "503 ServiceUnavailable[RequestThrottled]"},
      {"GatewayTimeout/BackendScoreTimeout", "504 GatewayTimeout[BackendScoreTimeout]"},
      {"BadArgument/MissingKeys+MissingJobId", "400 BadArgument[MissingKeys,MissingJobId]"},
  };
  RunningServer server;
  Client client(server);
  for (const auto& [order, expected] : cases) {
    EXPECT_EQ(Seen(client.Post("/score", kRows, {{"x-raise", order}})).Text(), expected);
  }
}

TEST(Raise, CountsTheCallsAndThenTheModelAnswers) {
  RunningServer server;
  const std::string body = ClassicBody("ServiceUnavailable/RequestThrottled;count=2;retry-after=7");
  for (const unsigned status : {503u, 503u, 200u, 200u}) {
    const auto reply = Client(server).Post(kExecuteSwagger, body);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result_int(), status);
    EXPECT_EQ((*reply)["retry-after"], status == 503 ? "7" : "");
  }
}

TEST(Raise, AnUnreadableOrderIsAnsweredWithTheNearestNames) {
  RunningServer server;
  Client client(server);
  for (const auto& reply :
       {client.Post(kExecute, ClassicBody("ServiceUnavailabel/RequestThrottled")),
        client.Post("/score", kRows, {{"x-raise", "ServiceUnavailabel/RequestThrottled"}})}) {
    const SeenError seen = Seen(reply);
    EXPECT_EQ(seen.Text(), "400 BadArgument[UserParameterInvalid@raise]");
    ASSERT_EQ(seen.messages.size(), 1u);
    EXPECT_THAT(seen.messages[0], HasSubstr("nearest: ServiceUnavailable/RequestThrottled"));
  }
}

TEST(Raise, TheKeyIsCheckedFirstAndTheInputLast) {
  RunningServer server;
  Client client(server);
  EXPECT_EQ(Seen(client.PostWithoutKey(kExecute, "", {{"x-raise", "NotFound"}})).Text(),
            "401 Unauthorized[ScoreRequestUnauthorized]");
  EXPECT_EQ(
      Seen(client.Post(kExecute, R"({"GlobalParameters":{"raise":"Conflict"},"Inputs":7})")).Text(),
      "409 Conflict[]");
  EXPECT_EQ(Seen(client.Post("/score", "not JSON", {{"x-raise", "NotFound"}})).Text(),
            "404 NotFound[]");
  EXPECT_EQ(
      Seen(client.Ask(boost::beast::http::verb::get, "/", "", {{"x-raise", "NotFound"}})).Text(),
      "404 NotFound[]");
}

TEST(Raise, AnEmptyOrderAndNullOrderNothing) {
  RunningServer server;
  Client client(server);
  const auto empty = client.Post(kExecuteSwagger, ClassicBody(""));
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->result_int(), 200u);
  const auto null =
      client.Post(kExecuteSwagger, R"({"Inputs":{"input1":[]},"GlobalParameters":{"raise":null}})");
  ASSERT_TRUE(null);
  EXPECT_EQ(null->result_int(), 200u) << null->body();
}

struct ShapeCase {
  const char* order;
  unsigned status;
  const char* content_type;
  const char* body_has;
  const char* retry_after;
};

TEST(Raise, UndocumentedShapes) {
  const ShapeCase cases[] = {
      {"shape/html-502", 502, "text/html", "<title>502 from a proxy</title>", ""},
      {"shape/html-503;retry-after=9", 503, "text/html", "<title>503", "9"},
      {"shape/empty-503", 503, "", "", ""},
      {"shape/text-500", 500, "text/plain; charset=utf-8", "Status 500 was asked for.", ""},
      {"status/429;retry-after=120", 429, "application/json; charset=utf-8",
       R"({"message":"Status 429 was asked for."})", "120"},
      {"status/204", 204, "application/json; charset=utf-8", "", ""},
      {"status/304", 304, "application/json; charset=utf-8", "", ""},
      {"status/509", 509, "application/json; charset=utf-8", "509", ""},
      {"status/999", 999, "application/json; charset=utf-8", "999", ""},
  };
  RunningServer server;
  Client client(server);
  for (const ShapeCase& c : cases) {
    const auto reply = client.Post(kExecute, ClassicBody(c.order));
    ASSERT_TRUE(reply) << c.order;
    EXPECT_EQ(reply->result_int(), c.status) << c.order;
    EXPECT_EQ((*reply)["content-type"], c.content_type) << c.order;
    EXPECT_EQ((*reply)["retry-after"], c.retry_after) << c.order;
    EXPECT_THAT(reply->body(), HasSubstr(c.body_has)) << c.order;
    EXPECT_EQ(reply->body().empty(), *c.body_has == '\0') << c.order;
  }
}

TEST(Raise, EveryOddBodyByParameterAndByHeader) {
  RunningServer server;
  Client client(server);
  for (const OddBody& odd : OddBodies()) {
    const std::string order = "shape/" + std::string(odd.name);
    for (const auto& reply : {client.Post(kExecuteSwagger, ClassicBody(order)),
                              client.Post("/score", kRows, {{"x-raise", order}})}) {
      ASSERT_TRUE(reply) << order;
      EXPECT_EQ(static_cast<int>(reply->result_int()), odd.status) << order;
      EXPECT_EQ(reply->body(), odd.body) << order;
      EXPECT_NE((*reply)["content-type"], "") << order;
    }
  }
  const auto reply = client.Post("/score", kRows, {{"x-raise", "shape/storage-xml"}});
  ASSERT_TRUE(reply);
  EXPECT_EQ((*reply)["x-ms-error-code"], "AuthenticationFailed");
}

TEST(Raise, TheListNamesWhatCanBeRaised) {
  RunningServer server;
  const auto reply = Client(server).Ask(boost::beast::http::verb::get, "/raise", "", {});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->result_int(), 200u);
  for (const OddBody& odd : OddBodies()) {
    EXPECT_THAT(reply->body(), HasSubstr("  shape/" + std::string(odd.name) + " "));
  }
}

TEST(Raise, ClosesWithoutAnAnswer) {
  RunningServer server;
  Client client(server);
  ASSERT_TRUE(
      client.SendRaw("POST /score HTTP/1.1\r\nHost: x\r\nx-raise: shape/close\r\n"
                     "Content-Length: 0\r\n\r\n"));
  EXPECT_EQ(client.ReadAll(), "");
}

TEST(Raise, SlowKeepsTheAnswerBackForThatLong) {
  RunningServer server;
  Client client(server);
  for (const bool by_header : {true, false}) {
    const auto before = std::chrono::steady_clock::now();
    const auto reply = by_header ? client.Post("/score", kRows, {{"x-raise", "shape/slow=60ms"}})
                                 : client.Post(kExecuteSwagger, ClassicBody("shape/slow=60ms"));
    const auto took = std::chrono::steady_clock::now() - before;
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result_int(), 200u);
    // A lower bound only: it holds on however busy a machine.
    EXPECT_GE(took, std::chrono::milliseconds(60));
  }
}

}  // namespace
}  // namespace scoregate::emulator
