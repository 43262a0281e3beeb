// Every shape as a managed endpoint passes it on (424), and as a JSON string: what is read is the
// same.
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "gateway/errorbody/read.h"
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/text.h"
#include "tests/errorbody/cases.h"

namespace scoregate::errorbody {
namespace {

// The lines that tell of the body, without those that tell of header fields, of the voice, and of a
// status inside a success.
std::string BodyLines(ReportedError error) {
  error.voice = Voice::kApplication;
  error.embedded_status = 0;
  error.header_code.clear();
  error.model_error_reason.clear();
  error.model_http_status = 0;
  error.run_function_failed = false;
  error.location_host.clear();
  error.request_ids.clear();
  error.header_retry_delay.reset();
  return Describe(error);
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

bool IsJsonShape(const ReportedError& error) {
  for (const Shape* shape : JsonShapes()) {
    if (shape->name == error.shape) return true;
  }
  return false;
}

TEST(Nested, InAnAnswerOfAManagedEndpoint) {
  for (const Case& test : Cases()) {
    http::HttpResponse response = ResponseOf(test);
    const ReportedError alone = Read(response, http::UpstreamKind::kOnlineEndpoint, std::nullopt);
    response.status = 424;
    response.headers.Add("ms-azureml-model-error-reason", "model_error");
    response.headers.Add("ms-azureml-model-error-statuscode", "500");
    const ReportedError error = Read(response, http::UpstreamKind::kOnlineEndpoint, std::nullopt);
    EXPECT_EQ(BodyLines(error), BodyLines(alone)) << test.name;
    EXPECT_EQ(error.voice, Voice::kApplication) << test.name;
    EXPECT_EQ(error.model_error_reason.empty(), false) << test.name;
  }
}

TEST(Nested, InAJsonString) {
  std::set<std::string_view> shapes;
  for (const Case& test : Cases()) {
    http::HttpResponse response = ResponseOf(test);
    const ReportedError alone = Read(response, test.kind, std::nullopt);
    // JSON is UTF-8, and half a word at the end is known as such at the end of the body only.
    const std::string_view body = response.body;
    if (Repaired(body, body.size()) != body || response.body_cut) continue;
    response.body = Quoted(response.body);
    const ReportedError error = Read(response, test.kind, std::nullopt);
    EXPECT_EQ(BodyLines(error), BodyLines(alone)) << test.name;
    shapes.insert(error.shape);
  }
  EXPECT_EQ(shapes.size(), JsonShapes().size() + TextShapes().size());
}

TEST(Nested, InTheMessageOfARelay) {
  for (const Case& test : Cases()) {
    http::HttpResponse response = ResponseOf(test);
    const ReportedError alone = Read(response, test.kind, std::nullopt);
    // Half an object, text and what is no object cannot be told from prose that quotes it.
    const bool object = response.body.starts_with("{\"") && response.body.ends_with('}');
    if (!IsJsonShape(alone) || !object || alone.shape == "json") continue;
    response.body = "{\"message\":" + Quoted(response.body) + "}";
    const ReportedError error = Read(response, test.kind, std::nullopt);
    EXPECT_EQ(error.outer_code, alone.outer_code) << test.name;
    EXPECT_EQ(error.inner_code, alone.inner_code) << test.name;
    EXPECT_EQ(error.body_retry_delay, alone.body_retry_delay) << test.name;
  }
}

}  // namespace
}  // namespace scoregate::errorbody
