// `scoregate translate --jsonl` as a process: every line held against the published format.
#include <absl/strings/escaping.h>
#include <absl/strings/str_split.h>
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "scoring/v1/errors.pb.h"
#include "tests/e2e/process.h"

namespace scoregate::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

google::protobuf::Struct Parse(const std::string& json) {
  google::protobuf::Struct parsed;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &parsed).ok()) << json;
  return parsed;
}

// The keys of the outermost object, in the order of the text.
std::vector<std::string> TopLevelKeys(const std::string& json) {
  std::vector<std::string> keys;
  int depth = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '{' || json[i] == '[') ++depth;
    if (json[i] == '}' || json[i] == ']') --depth;
    if (json[i] != '"') continue;
    std::size_t start = i + 1;
    for (++i; json[i] != '"'; ++i) i += json[i] == '\\' ? 1 : 0;
    if (depth == 1 && json[i + 1] == ':') keys.push_back(json.substr(start, i - start));
  }
  return keys;
}

// Answers of every kind, with their ids.
const std::vector<std::string> kAnswers = {
    R"({"id":"throttled","http_status":503,"headers":{"Retry-After":"7"},"body":"{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"x\",\"details\":[{\"code\":\"RequestThrottled\",\"message\":\"Request was throttled for churn endpoint. The maximum concurrency for the endpoint is 20.\"}]}}","accept_language":"ko-KR"})",
    R"({"id":2,"http_status":200,"body":"{\"Results\":{\"output1\":{\"type\":\"table\",\"value\":{\"ColumnNames\":[\"a\"],\"Values\":[[\"1\"]]}}}}"})",
    R"({"id":"html","http_status":502,"body":"<html><title>Bad Gateway</title></html>","previous_attempts":2})",
    R"({"id":"connect","transport_error":"connect"})",
    R"({"id":"late","http_status":503,"remaining_deadline_ms":10,"body":"{\"error\":{\"code\":\"ServiceUnavailable\"}}"})",
    R"({"http_status":424,"upstream":"online_endpoint","headers":{"ms-azureml-model-error-statuscode":["500"],"ms-azureml-model-error-reason":"model_error"},"body":"boom"})",
    R"({"id":"bytes","http_status":400,"body_base64":"/////w","method":"ScoreRaw","upstream":"opaque"})",
    R"({"id":"surrogate","http_status":400,"body":"{\"error\":{\"code\":\"BadArgument\",\"message\":\"\ud800 한\"}}"})",
};

std::string Input() {
  std::string input;
  for (const std::string& line : kAnswers) input += line + "\n";
  return input;
}

Finished Translate(const std::string& input) {
  return RunToEnd({Program("scoregate"), "translate", "--jsonl"}, input);
}

TEST(TranslateLines, EachLineKeepsThePublishedFormat) {
  Finished run = Translate(Input());
  EXPECT_EQ(run.exit_code, 0) << run.err;
  std::vector<std::string> lines = Lines(run.out);
  ASSERT_THAT(lines, SizeIs(kAnswers.size()));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    SCOPED_TRACE(lines[i]);
    EXPECT_THAT(TopLevelKeys(lines[i]), ElementsAre("id", "code", "grpc_code", "message", "details",
                                                    "trailers", "trailers_bytes", "rule"));
    google::protobuf::Struct line = Parse(lines[i]);
    const auto& trailers = line.fields().at("trailers").struct_value().fields();
    // RFC 7540: name, value and 32 for each field; :status and content-type come on top.
    double bytes = 102;
    for (const auto& [name, value] : trailers) {
      bytes += static_cast<double>(name.size() + value.string_value().size() + 32);
    }
    EXPECT_EQ(line.fields().at("trailers_bytes").number_value(), bytes);
    double code = line.fields().at("code").number_value();
    EXPECT_EQ(trailers.at("grpc-status").string_value(), std::to_string(static_cast<int>(code)));
    EXPECT_EQ(trailers.contains("grpc-status-details-bin"), code != 0);
  }
}

TEST(TranslateLines, DetailsAreWhatTheTrailerDecodesTo) {
  // Linked in, so that the printer below knows the type.
  scoring::v1::UpstreamError::default_instance();
  std::vector<std::string> lines = Lines(Translate(Input()).out);
  ASSERT_THAT(lines, SizeIs(kAnswers.size()));
  for (const std::string& line : lines) {
    SCOPED_TRACE(line);
    google::protobuf::Struct parsed = Parse(line);
    const auto& trailers = parsed.fields().at("trailers").struct_value().fields();
    auto trailer = trailers.find("grpc-status-details-bin");
    if (trailer == trailers.end()) continue;
    std::string bytes;
    ASSERT_TRUE(absl::Base64Unescape(trailer->second.string_value(), &bytes));
    EXPECT_THAT(trailer->second.string_value(), testing::Not(HasSubstr("=")));
    google::rpc::Status status;
    ASSERT_TRUE(status.ParseFromString(bytes));
    EXPECT_EQ(status.code(), parsed.fields().at("code").number_value());
    EXPECT_EQ(status.message(), parsed.fields().at("message").string_value());
    std::string details;
    for (const auto& detail : status.details()) {
      std::string json;
      ASSERT_TRUE(google::protobuf::util::MessageToJsonString(detail, &json).ok());
      EXPECT_THAT(json, StartsWith("{\"@type\":\""));
      details += (details.empty() ? "" : ",") + json;
    }
    EXPECT_THAT(line, HasSubstr("\"details\":[" + details + "],\"trailers\":{"));
  }
}

TEST(TranslateLines, SaysWhatThisTableSays) {
  struct Case {
    const char* grpc_code;
    const char* reason;
    const char* retry_delay;
    const char* pushback;
    const char* rule;
  };
  const std::vector<Case> cases = {
      {"RESOURCE_EXHAUSTED", "REQUEST_THROTTLED", "7s", "7000",
       "catalogue:ServiceUnavailable/RequestThrottled"},
      {"OK", "", "", "", "success"},
      {"UNAVAILABLE", "INTERMEDIARY_RESPONSE", "4s", "4000", "intermediary:502"},
      {"UNAVAILABLE", "UPSTREAM_UNREACHABLE", "1s", "1000", "gateway:connect"},
      {"UNAVAILABLE", "SERVICE_UNAVAILABLE", "1s", "-1", "catalogue:ServiceUnavailable"},
      {"INTERNAL", "MODEL_ERROR", "", "", nullptr},
      {nullptr, nullptr, "", "", nullptr},
      {"INVALID_ARGUMENT", "BAD_ARGUMENT", "", "", "catalogue:BadArgument"},
  };
  std::vector<std::string> lines = Lines(Translate(Input()).out);
  ASSERT_THAT(lines, SizeIs(cases.size()));
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(lines[i]);
    const Case& c = cases[i];
    google::protobuf::Struct line = Parse(lines[i]);
    if (c.grpc_code != nullptr) {
      EXPECT_EQ(line.fields().at("grpc_code").string_value(), c.grpc_code);
    }
    std::string reason;
    std::string delay;
    for (const auto& detail : line.fields().at("details").list_value().values()) {
      const auto& fields = detail.struct_value().fields();
      if (fields.contains("reason")) reason = fields.at("reason").string_value();
      if (fields.contains("retryDelay")) delay = fields.at("retryDelay").string_value();
    }
    EXPECT_TRUE(c.reason == nullptr || reason == c.reason) << reason;
    EXPECT_EQ(delay, c.retry_delay);
    const auto& trailers = line.fields().at("trailers").struct_value().fields();
    auto pushback = trailers.find("grpc-retry-pushback-ms");
    EXPECT_EQ(pushback == trailers.end() ? "" : pushback->second.string_value(), c.pushback);
    std::string rule = line.fields().at("rule").string_value();
    EXPECT_TRUE(c.rule == nullptr || rule == c.rule) << rule;
  }
}

TEST(TranslateLines, TwoRunsGiveTheSameBytes) {
  EXPECT_EQ(Translate(Input()).out, Translate(Input()).out);
}

TEST(TranslateLines, InputErrorsAreSaidAndTheRunGoesOn) {
  struct Case {
    const char* line;
    const char* id;
    const char* why;
  };
  const std::vector<Case> cases = {
      {"{", "null", "not JSON"},
      {"", "null", "not JSON"},
      {"[]", "null", "the line has to be a JSON object"},
      {R"({"id":"a"})", "\"a\"", "exactly one of"},
      {R"({"id":"b","http_status":400,"transport_error":"dns"})", "\"b\"", "exactly one of"},
      {R"({"id":"c","http_status":99})", "\"c\"", "100 to 999"},
      {R"({"id":"d","http_status":1000})", "\"d\"", "100 to 999"},
      {R"({"id":"e","http_status":400.5})", "\"e\"", "100 to 999"},
      {R"({"id":"f","http_status":"400"})", "\"f\"", "100 to 999"},
      {R"({"id":"g","http_status":400,"body":"","body_base64":""})", "\"g\"", "exclude each other"},
      {R"({"id":"h","http_status":400,"body":1})", "\"h\"", "\"body\" has to be a string"},
      {R"({"id":"i","http_status":400,"body_base64":"*"})", "\"i\"", "base64"},
      {R"({"id":"j","http_status":400,"upstream":"azure"})", "\"j\"", "classic, online_endpoint"},
      {R"({"id":"k","http_status":400,"method":"score"})", "\"k\"", "Score, ScoreRaw"},
      {R"({"id":"l","transport_error":"boom"})", "\"l\"", "in_flight_limit"},
      {R"({"id":"m","http_status":400,"colour":1})", "\"m\"", "unknown member \\\"colour\\\""},
      {R"({"id":"n","http_status":400,"headers":{"a":1}})", "\"n\"", "lists of strings"},
      {R"({"http_status":400,"http_status":400,"id":17})", "17", "stands twice"},
      {R"({"id":{},"http_status":400})", "null", "\"id\" has to be"},
      {R"({"id":"o","http_status":400,"previous_attempts":-1})", "\"o\"", "from 0"},
      {R"({"id":12345678901234567890123,"http_status":400})", "null", "write a longer id as a"},
  };
  for (const Case& c : cases) {
    Finished run = Translate(kAnswers[3] + "\n" + c.line + "\n" + kAnswers[3] + "\n");
    EXPECT_EQ(run.exit_code, 1) << c.line;
    std::vector<std::string> lines = Lines(run.out);
    ASSERT_THAT(lines, SizeIs(3)) << c.line;
    EXPECT_THAT(lines[1],
                StartsWith("{\"id\":" + std::string(c.id) + ",\"line\":2,\"input_error\":\""))
        << c.line;
    EXPECT_THAT(
        Parse(lines[1]).fields().at("input_error").string_value(),
        HasSubstr(std::string(c.why).find('\\') == std::string::npos ? std::string(c.why)
                                                                     : "unknown member \"colour\""))
        << c.line;
    EXPECT_EQ(lines[0], lines[2]) << c.line;
  }
}

TEST(TranslateOne, TakesOptionsAndPrintsTextOrJson) {
  std::string body = WriteFile(
      "error.json",
      R"({"error":{"code":"ServiceUnavailable","details":[{"code":"NoMoreResources"}]}})");
  std::vector<std::string> command = {Program("scoregate"), "translate",      "--status", "503",
                                      "--header",           "Retry-After: 7", "--body",   body};
  Finished text = RunToEnd(command);
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, StartsWith("UNAVAILABLE (14): "));
  EXPECT_THAT(text.out, HasSubstr("RetryInfo {\"retryDelay\":\"7s\"}"));
  command.insert(command.end(), {"--format", "json"});
  Finished json = RunToEnd(command);
  EXPECT_EQ(json.exit_code, 0) << json.err;
  EXPECT_THAT(json.out, StartsWith("{\"id\":null,\"code\":14,\"grpc_code\":\"UNAVAILABLE\","));
}

}  // namespace
}  // namespace scoregate::e2e
