// Online endpoints through the programs: typed calls in each shape, 424s, deployments, trailers.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <cmath>
#include <future>
#include <map>

#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

// An endpoint of the emulator's online dialect; it is added once the emulator's address is known.
std::string Online(const std::string& name, const std::string& query, const std::string& more) {
  return "- name: " + name + "\n  dialect: ONLINE_ENDPOINT\n  url: http://EMULATOR/online/score" +
         query + "\n  api_key: {env: E2E_KEY}\n" + more;
}

std::string Endpoints() {
  std::string text = Online("raw", "", "  deployments: [blue, 'green-*']\n");
  for (const char* shape :
       {"INPUT_DATA", "DATA", "DATA_RECORDS", "RECORDS", "DESIGNER", "DATAFRAME_SPLIT",
        "DATAFRAME_RECORDS", "INSTANCES", "INSTANCE_RECORDS"}) {
    text += Online(shape, "", std::string("  request_shape: ") + shape + "\n");
  }
  for (const char* answer :
       {"list", "lists", "objects", "predictions", "named", "packed", "nan", "one"}) {
    text += Online(answer, std::string("?answer=") + answer, "  request_shape: INPUT_DATA\n");
  }
  return text + Online("declared", "?answer=lists",
                       "  request_shape: DATA\n  output_columns: [a, b, c]\n");
}

class OnlineEndpointTest : public ::testing::Test {
 protected:
  scoring::v1::ScoreRequest Request(const std::string& endpoint, const std::string& raise = "") {
    scoring::v1::ScoreRequest request = IrisRequest(raise);
    request.set_endpoint(endpoint);
    return request;
  }

  // The one output's columns: name and the first value as text.
  std::map<std::string, std::string> FirstRow(const std::string& endpoint) {
    auto outcome = stack_.Client()->Score(Request(endpoint));
    std::map<std::string, std::string> row;
    if (!outcome.ok()) {
      ADD_FAILURE() << endpoint << ": " << outcome.error().message;
      return row;
    }
    EXPECT_EQ(outcome.value().outputs_size(), 1) << endpoint;
    for (const auto& [name, table] : outcome.value().outputs()) {
      for (const auto& column : table.columns()) {
        row[name + "." + column.name()] = column.has_strings()
                                              ? column.strings().values(0)
                                              : std::to_string(column.doubles().values(0) > 0.9);
      }
    }
    return row;
  }

  Stack stack_{Endpoints()};
};

TEST_F(OnlineEndpointTest, EveryRequestShapeIsScored) {
  using Row = std::map<std::string, std::string>;
  for (const char* shape : {"INPUT_DATA", "DATA", "DATA_RECORDS", "RECORDS", "DATAFRAME_SPLIT",
                            "DATAFRAME_RECORDS", "INSTANCES", "INSTANCE_RECORDS"}) {
    EXPECT_EQ(FirstRow(shape), (Row{{"output.output", "setosa"}})) << shape;
  }
  EXPECT_EQ(FirstRow("DESIGNER"), (Row{{"WebServiceOutput0.label", "setosa"},
                                       {"WebServiceOutput0.setosa", "1"},
                                       {"WebServiceOutput0.versicolor", "0"},
                                       {"WebServiceOutput0.virginica", "0"}}));
}

TEST_F(OnlineEndpointTest, EveryAnswerShapeIsRead) {
  using Row = std::map<std::string, std::string>;
  const std::pair<const char*, Row> cases[] = {
      {"list", {{"output.output", "setosa"}}},
      {"lists", {{"output.output_0", "1"}, {"output.output_1", "0"}, {"output.output_2", "0"}}},
      {"declared", {{"output.a", "1"}, {"output.b", "0"}, {"output.c", "0"}}},
      {"objects",
       {{"output.label", "setosa"},
        {"output.setosa", "1"},
        {"output.versicolor", "0"},
        {"output.virginica", "0"}}},
      {"predictions", {{"output.output", "setosa"}}},
      {"named",
       {{"output.label", "setosa"},
        {"output.chances_0", "1"},
        {"output.chances_1", "0"},
        {"output.chances_2", "0"}}},
      {"packed", {{"output.result", "setosa"}}},
      {"nan", {{"output.output", "1"}}},
      {"one", {{"output.output", "setosa"}}},
  };
  for (const auto& [endpoint, row] : cases) EXPECT_EQ(FirstRow(endpoint), row) << endpoint;
}

TEST_F(OnlineEndpointTest, ABareNanIsANumber) {
  scoring::v1::ScoreRequest request = Request("nan");
  auto& column = *(*request.mutable_inputs())["input1"].mutable_columns(0);
  column.add_null_rows(0);
  auto outcome = stack_.Client()->Score(request);
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_TRUE(std::isnan(outcome.value().outputs().at("output").columns(0).doubles().values(0)));
}

TEST_F(OnlineEndpointTest, EachFailureIsSaidForWhatItIs) {
  struct Case {
    const char* order;
    grpc::StatusCode code;
    const char* reason;
    const char* fault;
    bool retry;
    const char* model_status;
  };
  const Case cases[] = {
      {"online/run-failed", grpc::INTERNAL, "MODEL_ERROR", "MODEL", false, "500"},
      {"online/model-error-400", grpc::INVALID_ARGUMENT, "MODEL_ERROR", "MODEL", false, "400"},
      {"online/model-error-401", grpc::FAILED_PRECONDITION, "MODEL_ERROR", "MODEL", false, "401"},
      {"online/model-error-404", grpc::NOT_FOUND, "MODEL_ERROR", "MODEL", false, "404"},
      {"online/model-error-418", grpc::FAILED_PRECONDITION, "MODEL_ERROR", "MODEL", false, "418"},
      {"online/model-error-503", grpc::UNAVAILABLE, "MODEL_ERROR", "MODEL", false, "503"},
      {"online/model-error-201", grpc::INTERNAL, "UPSTREAM_RESPONSE_INVALID", "MODEL", false,
       "201"},
      {"online/model-not-ready", grpc::UNAVAILABLE, "MODEL_NOT_READY", "MODEL", true, "503"},
      {"online/too-many-pending-request", grpc::RESOURCE_EXHAUSTED, "MODEL_OVERLOADED", "MODEL",
       true, "429"},
      {"online/too-many-in-flight", grpc::RESOURCE_EXHAUSTED, "UPSTREAM_HTTP_429", "CALLER", true,
       ""},
      {"online/rate-limit", grpc::RESOURCE_EXHAUSTED, "UPSTREAM_HTTP_429", "CALLER", true, ""},
      {"online/key-denied", grpc::UNAUTHENTICATED, "UPSTREAM_HTTP_401", "GATEWAY", false, ""},
      {"online/no-deployment", grpc::NOT_FOUND, "UPSTREAM_HTTP_404", "CALLER", false, ""},
      {"online/timeout", grpc::DEADLINE_EXCEEDED, "UPSTREAM_HTTP_408", "CALLER", false, ""},
      {"online/kubernetes-run-failed", grpc::INTERNAL, "UPSTREAM_HTTP_502", "MODEL", false, ""},
      {"shape/html-404", grpc::UNIMPLEMENTED, "INTERMEDIARY_RESPONSE", "UPSTREAM", false, ""},
  };
  auto client = stack_.Client();
  for (const Case& c : cases) {
    auto outcome = client->Score(Request("INPUT_DATA", c.order));
    ASSERT_FALSE(outcome.ok()) << c.order;
    const client::ScoreError& error = outcome.error();
    EXPECT_EQ(error.code, c.code) << c.order;
    EXPECT_EQ(error.reason, c.reason) << c.order;
    EXPECT_EQ(error.fault_domain(), c.fault) << c.order;
    EXPECT_EQ(error.retry_delay.has_value(), c.retry) << c.order;
    auto model_status = error.metadata.find("modelHttpStatus");
    EXPECT_EQ(model_status == error.metadata.end() ? "" : model_status->second, c.model_status)
        << c.order;
  }
}

TEST_F(OnlineEndpointTest, TheContainersOwnWordsAndTheTrailersComeThrough) {
  scoring::v1::ScoreRequest request = Request("DATA");
  (*request.mutable_inputs())["input1"].mutable_columns()->RemoveLast();
  auto outcome = stack_.Client()->Score(request);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, grpc::INVALID_ARGUMENT);
  EXPECT_THAT(outcome.error().message, HasSubstr("row 1: it has 3 cells, not 4"));
  ASSERT_TRUE(outcome.error().upstream);
  const auto& fields = outcome.error().upstream->answer_fields();
  EXPECT_THAT(fields, Contains(Pair("azureml-model-deployment", "blue")));
  EXPECT_THAT(fields, Contains(Pair("ms-azureml-bandwidth-request-delay-ms", "0")));
}

TEST_F(OnlineEndpointTest, ACallerMayChooseTheDeploymentsThatAreAllowed) {
  auto stub = scoring::v1::ScoringService::NewStub(
      grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials()));
  auto call = [&](const char* deployment, const char* another = nullptr) {
    grpc::ClientContext context;
    context.AddMetadata("azureml-model-deployment", deployment);
    if (another != nullptr) context.AddMetadata("azureml-model-deployment", another);
    scoring::v1::ScoreRawRequest request;
    request.set_endpoint("raw");
    // A broken body, so that the answer is an error that names the deployment.
    request.mutable_body()->set_data("[");
    google::api::HttpBody response;
    return client::ReadError(stub->ScoreRaw(&context, request, &response));
  };
  client::ScoreError allowed = call("green-7");
  EXPECT_EQ(allowed.reason, "MODEL_ERROR");
  EXPECT_THAT(allowed.upstream->answer_fields(),
              Contains(Pair("azureml-model-deployment", "green-7")));
  client::ScoreError refused = call("red");
  EXPECT_EQ(refused.code, grpc::INVALID_ARGUMENT);
  EXPECT_EQ(refused.reason, "REQUEST_INVALID");
  ASSERT_EQ(refused.field_violations.size(), 1u);
  EXPECT_EQ(refused.field_violations[0].field(), "azureml-model-deployment");
  EXPECT_THAT(refused.message, HasSubstr("blue green-*"));
  client::ScoreError twice = call("blue", "red");
  EXPECT_EQ(twice.code, grpc::INVALID_ARGUMENT);
  ASSERT_EQ(twice.field_violations.size(), 1u);
  EXPECT_EQ(twice.field_violations[0].field(), "azureml-model-deployment");
  EXPECT_THAT(twice.message, HasSubstr("there 2 times"));
}

TEST_F(OnlineEndpointTest, WithoutADeclaredShapeOnlyScoreRawIsServed) {
  auto typed = stack_.Client()->Score(Request("raw"));
  ASSERT_FALSE(typed.ok());
  EXPECT_EQ(typed.error().code, grpc::UNIMPLEMENTED);
  EXPECT_THAT(typed.error().message, HasSubstr("request_shape"));
  scoring::v1::ScoreRawRequest request;
  request.set_endpoint("raw");
  request.mutable_body()->set_data(R"({"data":[[5.1,3.5,1.4,0.2]]})");
  auto raw = stack_.Client()->ScoreRaw(request);
  ASSERT_TRUE(raw.ok()) << raw.error().message;
  EXPECT_EQ(raw.value().data(), R"(["setosa"])");
}

std::string Reply(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// The document is asked for without the key first; its columns are told, its absence is nothing.
TEST(OnlineSchemaTest, GetEndpointTellsTheDeclaredColumns) {
  for (
      const char* document :
      {R"({"swagger":"2.0","paths":{"/score":{"post":{"parameters":[{"in":"body","schema":)"
       R"({"$ref":"#/definitions/ServiceInput"}}],"responses":{}}}},"definitions":{"ServiceInput":)"
       R"({"properties":{"data":{"type":"array","items":{"properties":)"
       R"({"age":{"type":"integer"}}}}}}}})",
       ""}) {
    HeldUpstream upstream;
    Stack stack("- name: held\n  dialect: ONLINE_ENDPOINT\n  url: http://127.0.0.1:" +
                std::to_string(upstream.port()) + "/score?secret=1\n  api_key: {env: E2E_KEY}\n");
    auto got = std::async(std::launch::async, [&] { return stack.Client()->GetEndpoint("held"); });
    std::string request = upstream.WaitForRequest();
    EXPECT_THAT(request, testing::StartsWith("GET /swagger.json HTTP/1.1\r\n"));
    EXPECT_EQ(request.find("uthorization"), request.npos) << request;
    upstream.Answer(Reply("401 Unauthorized", ""));
    upstream.Close();
    request = upstream.WaitForRequest();
    EXPECT_THAT(request, HasSubstr("uthorization: Bearer "));
    const bool published = *document != '\0';
    upstream.Answer(published ? Reply("200 OK", document) : Reply("404 Not Found", "{}"));
    upstream.Close();
    auto outcome = got.get();
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_EQ(outcome.value().dialect(), scoring::v1::Endpoint::ONLINE_ENDPOINT);
    ASSERT_EQ(outcome.value().inputs_size(), published ? 1 : 0);
    if (!published) continue;
    EXPECT_EQ(outcome.value().inputs(0).name(), "data");
    EXPECT_EQ(outcome.value().inputs(0).columns(0).name(), "age");
    EXPECT_EQ(outcome.value().inputs(0).columns(0).type(), scoring::v1::PortColumn::INT64);
  }
}

}  // namespace
}  // namespace scoregate::e2e
