// What a person sees: aligned tables and the report of a failed call, letter by letter.
#include "client/scorectl/print.h"

#include <gtest/gtest.h>

#include "client/scorectl/csv/csv_table.h"

namespace scoregate::scorectl {
namespace {

TEST(PrintTable, AlignsNumbersRightTextLeftAndShowsNulls) {
  auto table = ParseCsv("name,score\n하나,1\nb,\n", "f");
  ASSERT_EQ(table.index(), 0u);
  EXPECT_EQ(PrintTable(std::get<0>(table)),
            "name  score\n"
            "하나      1\n"
            "b         -\n");
}

TEST(PrintResponse, NamesSeveralOutputsInOrder) {
  scoring::v1::ScoreResponse response;
  (*response.mutable_outputs())["b"] = std::get<0>(ParseCsv("x\n1\n", "f"));
  (*response.mutable_outputs())["a"] = std::get<0>(ParseCsv("y\n2\n", "f"));
  EXPECT_EQ(PrintResponse(response, Format::kCsv), "# a\ny\n2\n\n# b\nx\n1\n");
  response.mutable_outputs()->erase("b");
  EXPECT_EQ(PrintResponse(response, Format::kTable), "y\n2\n");
  EXPECT_EQ(PrintResponse(response, Format::kJson),
            "{\"outputs\":{\"a\":{\"columns\":[{\"name\":\"y\",\"int64s\":{\"values\":[\"2\"]}}]}"
            "}}\n");
}

TEST(PrintReport, SaysWhatToDoInFewLines) {
  client::ScoreError error;
  error.code = grpc::StatusCode::INVALID_ARGUMENT;
  error.message = "Bad input.";
  error.has_details = true;
  error.reason = "INPUT_PARSE_ERROR";
  error.domain = "services.azureml.net";
  error.metadata = {{"faultDomain", "CALLER"}};
  google::rpc::BadRequest::FieldViolation violation;
  violation.set_field("inputs");
  violation.set_description("not a number");
  error.field_violations.push_back(violation);
  error.request_id = "id-1";
  EXPECT_EQ(PrintReport(error),
            "error: INVALID_ARGUMENT INPUT_PARSE_ERROR\n"
            "  message          Bad input.\n"
            "  fix field        inputs: not a number\n"
            "  retry            no: the same call would fail again\n"
            "  fault of         the caller: the request has to change\n"
            "  domain           services.azureml.net\n"
            "  request id       id-1\n");
}

TEST(PrintReport, SetsWhatIsMeantApartFromWhatIsSaidOfIt) {
  client::ScoreError error;
  google::rpc::QuotaFailure::Violation quota;
  quota.set_subject("endpoint:churn");
  quota.set_quota_id("MaxConcurrentCallsPerEndpoint");
  quota.set_quota_value(20);
  quota.set_description("At its limit.");
  error.quota_violations.push_back(quota);
  error.resource.emplace();
  error.resource->set_resource_type("Endpoint");
  error.resource->set_resource_name("churm");
  error.resource->set_description("no such endpoint");
  error.upstream.emplace();
  error.upstream->set_http_status(424);
  error.upstream->set_message("no column a");
  EXPECT_EQ(PrintReport(error),
            "error: UNKNOWN\n"
            "  quota            endpoint:churn MaxConcurrentCallsPerEndpoint = 20: At its limit.\n"
            "  resource         Endpoint churm: no such endpoint\n"
            "  upstream         HTTP 424: no column a\n"
            "  note             the server sent no details; is this address a scoregate?\n");
}

TEST(PrintReport, LeavesOutWhatIsEmptyAndKeepsItsColumn) {
  client::ScoreError error;
  error.has_details = true;
  error.reason = "MODEL_PACKAGE_NOT_FOUND";
  error.resource.emplace();
  error.resource->set_resource_type("ModelPackage");
  error.resource->set_description("not there");
  google::rpc::PreconditionFailure::Violation condition;
  condition.set_type("JOB_STATE");
  condition.set_description("it runs");
  error.precondition_violations.push_back(condition);
  error.upstream.emplace();
  error.upstream->set_http_status(404);
  error.upstream->set_rule("catalogue:NotFound/ModelPackageNotFound");
  (*error.upstream->mutable_request_ids())["x-ms-request-id"] = "id-2";
  (*error.upstream->mutable_answer_fields())["z"] = "last";
  (*error.upstream->mutable_answer_fields())["ms-azureml-bandwidth-response-delay-ms"] = "7";
  EXPECT_EQ(PrintReport(error),
            "error: UNKNOWN MODEL_PACKAGE_NOT_FOUND\n"
            "  mend first       JOB_STATE: it runs\n"
            "  resource         ModelPackage: not there\n"
            "  retry            no: the same call would fail again\n"
            "  upstream         HTTP 404\n"
            "  rule             catalogue:NotFound/ModelPackageNotFound\n"
            "  x-ms-request-id  id-2\n"
            "  upstream said    ms-azureml-bandwidth-response-delay-ms: 7\n"
            "  z                last\n"
            "  explain          scoregate explain NotFound/ModelPackageNotFound\n");
}

TEST(PrintReport, SetsTheLinesOfDebugInfoBelowEachOther) {
  client::ScoreError error;
  error.code = grpc::StatusCode::INTERNAL;
  error.has_details = true;
  error.debug = "\nTraceback:\n\n\tline 3\x1b[2J\r\nboom";
  EXPECT_EQ(PrintReport(error),
            "error: INTERNAL\n"
            "  retry            no: the same call would fail again\n"
            "  debug            Traceback:\n"
            "                    line 3 [2J \n"
            "                   boom\n");
}

TEST(PrintReport, SaysWhereDetailsAreMissing) {
  client::ScoreError error;
  error.code = grpc::StatusCode::INTERNAL;
  error.message = "m";
  EXPECT_EQ(PrintReport(error),
            "error: INTERNAL\n"
            "  message          m\n"
            "  note             the server sent no details; is this address a scoregate?\n");
}

TEST(PrintReport, SaysThatTheCallersOwnTimeWasOver) {
  client::ScoreError error;
  error.code = grpc::StatusCode::DEADLINE_EXCEEDED;
  error.message = "m";
  EXPECT_EQ(
      PrintReport(error),
      "error: DEADLINE_EXCEEDED\n"
      "  message          m\n"
      "  note             no answer came in time; --timeout says how long one call may take\n");
}

TEST(PrintReport, ShowsARetryDelayInSeconds) {
  struct Case {
    int milliseconds;
    const char* line;
  };
  for (const Case& c : {Case{1000, "yes, after 1 s"}, Case{100, "yes, after 0.1 s"},
                        Case{1250, "yes, after 1.25 s"}, Case{7005, "yes, after 7.005 s"}}) {
    client::ScoreError error;
    error.retry_delay = std::chrono::milliseconds(c.milliseconds);
    EXPECT_NE(PrintReport(error).find(c.line), std::string::npos) << PrintReport(error);
  }
}

}  // namespace
}  // namespace scoregate::scorectl
