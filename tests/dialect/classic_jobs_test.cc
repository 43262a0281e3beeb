// Batch jobs become the calls of a classic service's Batch Execution Service.
#include "gateway/dialect/classic/jobs.h"

#include "gateway/http/job_id.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace scoregate::dialect::classic {
namespace {

endpoint::EndpointSettings Settings(const std::string& query = "") {
  endpoint::EndpointSettings settings;
  settings.name = "churn";
  settings.address.path = "/workspaces/w/services/s";
  settings.address.query = query;
  return settings;
}

scoring::v1::CreateBatchJobRequest Request(const std::string& text) {
  scoring::v1::CreateBatchJobRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

TEST(EncodeSubmit, BothFormsOfBody) {
  struct Case {
    const char* request;
    const char* body;
    const char* why;
  };
  const std::vector<Case> cases = {
      {"", R"({"GlobalParameters":{}})", "every parameter of a job is optional"},
      {R"(inputs { key: "b" value { connection_string: "K=v" relative_location: "c/b.csv" } }
          inputs { key: "a" value { base_location: "https://x/" relative_location: "c/a.csv"
                                    sas_blob_token: "?sig=1" } }
          outputs { key: "o" value { connection_string: "K" relative_location: "c/o.csv" } }
          global_parameters { key: "n" value { number_value: 1.5 } })",
       R"({"Inputs":{"a":{"BaseLocation":"https://x/","RelativeLocation":"c/a.csv",)"
       R"("SasBlobToken":"?sig=1"},"b":{"ConnectionString":"K=v","RelativeLocation":"c/b.csv"}},)"
       R"("Outputs":{"o":{"ConnectionString":"K","RelativeLocation":"c/o.csv"}},)"
       R"("GlobalParameters":{"n":1.5}})",
       "named inputs, in order of their names"},
      {R"(input { connection_string: "K" relative_location: "c/i.csv" })",
       R"({"Input":{"ConnectionString":"K","RelativeLocation":"c/i.csv"},"GlobalParameters":{}})",
       "the older form with one input"},
      {R"(input { base_location: "https://x/public/" relative_location: "i.csv" })",
       R"({"Input":{"BaseLocation":"https://x/public/","RelativeLocation":"i.csv"},)"
       R"("GlobalParameters":{}})",
       "a public blob needs no token"},
  };
  for (const Case& c : cases) {
    auto encoded = EncodeSubmit(Request(c.request), Settings("details=true&format=swagger"));
    ASSERT_TRUE(encoded.ok()) << c.why << encoded.fault().text;
    EXPECT_EQ(encoded.value().body, c.body) << c.why;
    EXPECT_EQ(encoded.value().method, "POST");
    EXPECT_EQ(encoded.value().target, "/workspaces/w/services/s/jobs?api-version=2.0");
  }
}

TEST(EncodeSubmit, BadRequestsNameTheField) {
  struct Case {
    const char* request;
    const char* field;
  };
  const std::vector<Case> cases = {
      {R"(input { connection_string: "K" relative_location: "x" }
          inputs { key: "a" value { connection_string: "K" relative_location: "x" } })",
       "input"},
      {R"(input { connection_string: "K" })", "input.relative_location"},
      {R"(inputs { key: "a" value { relative_location: "x" } })", R"(inputs["a"])"},
      {R"(inputs { key: "a" value { relative_location: "x" connection_string: "K"
                                    base_location: "https://x/" } })",
       R"(inputs["a"])"},
      {R"(outputs { key: "o" value { relative_location: "x" sas_blob_token: "?sig=1" } })",
       R"(outputs["o"].base_location)"},
      {R"(outputs { key: "" value { relative_location: "x" } })", R"(outputs[""])"},
      {R"(global_parameters { key: "p" value { number_value: nan } })",
       R"(global_parameters["p"])"},
  };
  for (const Case& c : cases) {
    auto encoded = EncodeSubmit(Request(c.request), Settings());
    ASSERT_FALSE(encoded.ok()) << c.request;
    EXPECT_EQ(encoded.fault().kind, http::FaultKind::kRequestInvalid);
    EXPECT_EQ(encoded.fault().field, c.field);
  }
}

TEST(EncodeSubmit, OnlyClassicServicesHaveJobs) {
  endpoint::EndpointSettings designer = Settings();
  designer.address.path = "/score";
  endpoint::EndpointSettings online = Settings();
  online.kind = http::UpstreamKind::kOnlineEndpoint;
  for (const auto& settings : {designer, online}) {
    auto encoded = EncodeSubmit(Request(""), settings);
    ASSERT_FALSE(encoded.ok());
    EXPECT_EQ(encoded.fault().kind, http::FaultKind::kMethodNotFound);
  }
}

TEST(EncodeJobCall, MethodsAndTargets) {
  struct Case {
    JobCall call;
    const char* method;
    const char* target;
  };
  const std::vector<Case> cases = {
      {JobCall::kStart, "POST", "/workspaces/w/services/s/jobs/j1/start?api-version=2.0&x=1"},
      {JobCall::kState, "GET", "/workspaces/w/services/s/jobs/j1?api-version=2.0&x=1"},
      {JobCall::kCancel, "DELETE", "/workspaces/w/services/s/jobs/j1?api-version=2.0&x=1"},
  };
  for (const Case& c : cases) {
    auto encoded = EncodeJobCall(c.call, "j1", Settings("x=1"));
    ASSERT_TRUE(encoded.ok());
    EXPECT_EQ(encoded.value().method, c.method);
    EXPECT_EQ(encoded.value().target, c.target);
    EXPECT_EQ(encoded.value().body, "");
  }
}

TEST(DecodeJobId, QuotedOrBareAndNothingElse) {
  struct Case {
    const char* body;
    const char* id;  // Null: no id.
  };
  const std::vector<Case> cases = {
      {R"("0123abcd")", "0123abcd"},
      {"0123abcd", "0123abcd"},
      {" \"a-b_C\"\r\n", "a-b_C"},
      {"\xEF\xBB\xBF\"abc123\"", "abc123"},
      {"\xEF\xBB\xBF abc123\n", "abc123"},
      {"\xEF\xBB\xBF", nullptr},
      {"\xEF\xBB\xBFnull\n", nullptr},
      {" \n", nullptr},
      {"", nullptr},
      {"\"\"", nullptr},
      {"\"a", nullptr},
      {"a/b", nullptr},
      {"a b", nullptr},
      {"{\"id\":1}", nullptr},
      {"\"../x\"", nullptr},
  };
  for (const Case& c : cases) {
    http::HttpResponse answer;
    answer.body = c.body;
    auto id = DecodeJobId(answer);
    EXPECT_EQ(id.ok(), c.id != nullptr) << c.body;
    EXPECT_EQ(id.ok() ? id.value() : "", c.id != nullptr ? c.id : "") << c.body;
  }
  EXPECT_FALSE(http::IsJobId(std::string(http::kMaxJobIdBytes + 1, 'a')));
  EXPECT_TRUE(http::IsJobId(std::string(http::kMaxJobIdBytes, 'a')));
}

}  // namespace
}  // namespace scoregate::dialect::classic
