// The online endpoint over real sockets: every shape in, every form out, keys, 424s, trailers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/emulator/loopback.h"

namespace scoregate::emulator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr char kPath[] = "/online/score";
constexpr char kLists[] = R"({"data":[[5.1,3.5,1.4,0.2],[6.3,3.3,6.0,2.5]]})";
constexpr char kRecord[] =
    R"({"sepal length":5.1,"sepal width":3.5,"petal length":1.4,"petal width":0.2})";

TEST(OnlineEndpoint, TakesEveryShape) {
  RunningServer server;
  Client client(server);
  const std::string record = kRecord;
  const std::string split =
      R"({"columns":["petal width","petal length","sepal width","sepal length"],"index":[0],)"
      R"("data":[[0.2,1.4,3.5,5.1]]})";
  const std::string bodies[] = {R"({"data":[[5.1,3.5,1.4,0.2]]})",
                                R"({"instances":[[5.1,"3.5",1.4,0.2]]})",
                                "[" + record + "]",
                                R"({"data":[)" + record + "]}",
                                R"({"dataframe_records":[)" + record + "]}",
                                R"({"input_data":)" + split + "}",
                                R"({"dataframe_split":)" + split + R"(,"params":{}})"};
  for (const std::string& body : bodies) {
    const auto reply = client.Post(kPath, body);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result_int(), 200u) << body;
    EXPECT_EQ(reply->body(), R"(["setosa"])") << body;
  }
  const auto designer = client.Post(kPath, R"({"Inputs":{"x":[)" + record + "]}}");
  EXPECT_THAT(designer->body(),
              StartsWith(R"({"Results":{"WebServiceOutput0":[{"label":"setosa","setosa":0.9)"));
}

TEST(OnlineEndpoint, AnswersInEveryForm) {
  RunningServer server;
  Client client(server);
  const std::pair<const char*, const char*> cases[] = {
      {"list", R"(["setosa","virginica"])"},
      {"lists", "[[0.9"},
      {"objects", R"([{"label":"setosa","setosa":0.9)"},
      {"predictions", R"({"predictions":["setosa","virginica"]})"},
      {"named", R"({"label":["setosa","virginica"],"chances":[[0.9)"},
      {"packed", R"("{\"result\": [\"setosa\",\"virginica\"]}")"},
      {"nan", "[0.9"},
      {"one", R"("setosa")"},
  };
  for (const auto& [form, expected] : cases) {
    const auto reply = client.Post(std::string(kPath) + "?answer=" + form, kLists);
    EXPECT_THAT(reply->body(), StartsWith(expected)) << form;
  }
  const auto missing = client.Post("/online/score?answer=nan", R"({"data":[[5.1,3.5,null,0.2]]})");
  EXPECT_EQ(missing->body(), "[NaN]");
}

TEST(OnlineEndpoint, NamesTheDeploymentAndEndsWithTrailers) {
  RunningServer server;
  Client client(server);
  const auto blue = client.Post(kPath, kLists);
  EXPECT_EQ((*blue)["azureml-model-deployment"], "blue");
  const auto green = client.Post(kPath, kLists, {{"Azureml-Model-Deployment", "green"}});
  EXPECT_EQ((*green)["azureml-model-deployment"], "green");
  ASSERT_TRUE(
      client.SendRaw("POST /online/score HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                     "Authorization: Bearer k\r\nContent-Length: 2\r\n\r\n[]"));
  const std::string raw = client.ReadAll();
  EXPECT_THAT(raw, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(raw, testing::EndsWith("\r\n2\r\n[]\r\n0\r\n"
                                     "ms-azureml-bandwidth-request-delay-ms: 0\r\n"
                                     "ms-azureml-bandwidth-response-delay-ms: 0\r\n\r\n"));
  Client old(server);
  ASSERT_TRUE(
      old.SendRaw("POST /online/score HTTP/1.0\r\nAuthorization: Bearer k\r\n"
                  "Content-Length: 2\r\n\r\n[]"));
  EXPECT_THAT(old.ReadAll(), testing::EndsWith("Content-Length: 2\r\n\r\n[]"))
      << "HTTP/1.0 has no chunks";
}

TEST(OnlineEndpoint, ChecksTheKeyInItsOwnWords) {
  Options options;
  options.api_key = "right";
  RunningServer server(options);
  Client client(server);
  const auto none = client.PostWithoutKey(kPath, kLists);
  EXPECT_EQ(none->result_int(), 401u);
  EXPECT_EQ(none->body(), "key_auth_bad_header_forbidden");
  const auto wrong = client.PostWithoutKey(kPath, kLists, {{"Authorization", "Bearer wrong"}});
  EXPECT_EQ(wrong->body(), "key_auth_access_denied");
  const auto right = client.PostWithoutKey(kPath, kLists, {{"Authorization", "Bearer right"}});
  EXPECT_EQ(right->result_int(), 200u);
}

TEST(OnlineEndpoint, BadRowsAreTheContainersOwn400) {
  RunningServer server;
  Client client(server);
  const std::pair<const char*, const char*> cases[] = {
      {"[", "the body is not JSON"},
      {"3", "the body is neither a list nor an object"},
      {"{}", "there are no rows under input_data"},
      {R"({"data":3})", "the rows are no list"},
      {R"({"data":[3]})", "row 1: it is neither a list nor an object"},
      {R"({"data":[[1,2,3]]})", "row 1: it has 3 cells, not 4"},
      {R"({"data":[[1,2,3,4],[1,2,3,"x"]]})", "row 2: column 'petal width'"},
      {R"([{"sepal length":1}])", "row 1: the column 'sepal width' is missing"},
      {R"({"input_data":{"columns":["a"],"data":[]}})", "the model knows no column a"},
      {R"({"input_data":{"columns":["sepal width"],"data":[]}})", "not the four measurements"},
      {R"({"input_data":[]})", "columns or data is missing"},
      {R"({"Inputs":3})", "Inputs is no object"},
  };
  for (const auto& [body, why] : cases) {
    const auto reply = client.Post(kPath, body);
    ASSERT_TRUE(reply) << body;
    EXPECT_EQ(reply->result_int(), 424u) << body;
    EXPECT_EQ((*reply)["ms-azureml-model-error-statuscode"], "400") << body;
    EXPECT_EQ((*reply)["ms-azureml-model-error-reason"], "model_error") << body;
    EXPECT_THAT(reply->body(), HasSubstr(why)) << body;
  }
}

TEST(OnlineEndpoint, RaisesWhatItsFrontEndSays) {
  RunningServer server;
  Client client(server);
  struct Case {
    const char* order;
    unsigned status;
    const char* reason;
    const char* model_status;
    const char* run_failed;
    const char* body;
  };
  const Case cases[] = {
      {"online/model-error-503", 424, "model_error", "503", "False", "chose this status"},
      {"online/run-failed", 424, "model_error", "500", "True", "raised an exception"},
      {"online/model-not-ready", 424, "model_not_ready", "503", "", ""},
      {"online/too-many-pending-request", 424, "too_many_pending_request", "429", "", ""},
      {"online/too-many-in-flight", 429, "", "", "", "TooManyRequests"},
      {"online/rate-limit", 429, "", "", "", "(overloaded)"},
      {"online/key-denied", 401, "", "", "", "key_auth_access_denied"},
      {"online/no-deployment", 404, "", "", "", "No deployment"},
      {"online/timeout", 408, "", "", "", "too long"},
      {"online/kubernetes-run-failed", 502, "", "", "True", "raised an exception"},
  };
  for (const Case& c : cases) {
    const auto by_header = client.Post(kPath, "[]", {{"x-raise", c.order}});
    const auto by_parameter =
        client.Post(kPath, R"({"params":{"raise":")" + std::string(c.order) + "\"}}");
    for (const auto& reply : {by_header, by_parameter}) {
      ASSERT_TRUE(reply) << c.order;
      EXPECT_EQ(reply->result_int(), c.status) << c.order;
      EXPECT_EQ((*reply)["ms-azureml-model-error-reason"], c.reason) << c.order;
      EXPECT_EQ((*reply)["ms-azureml-model-error-statuscode"], c.model_status) << c.order;
      EXPECT_EQ((*reply)["x-ms-run-function-failed"], c.run_failed) << c.order;
      EXPECT_THAT(reply->body(), HasSubstr(c.body)) << c.order;
    }
  }
}

}  // namespace
}  // namespace scoregate::emulator
