// A bad request names the field to fix and never reaches the upstream.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using scoring::v1::ScoreRequest;

scoring::v1::Table& Input(ScoreRequest& request) {
  return (*request.mutable_inputs())["input1"];
}

TEST(BadRequest, NamesTheFieldToFix) {
  Stack stack;
  struct Case {
    const char* why;
    std::function<void(ScoreRequest&)> spoil;
    grpc::StatusCode code;
    std::string reason;
    std::string field;
  };
  constexpr auto kInvalid = grpc::StatusCode::INVALID_ARGUMENT;
  const std::vector<Case> cases = {
      {"no endpoint", [](ScoreRequest& r) { r.clear_endpoint(); }, kInvalid, "REQUEST_INVALID",
       "endpoint"},
      {"unknown endpoint", [](ScoreRequest& r) { r.set_endpoint("irsi"); },
       grpc::StatusCode::NOT_FOUND, "ENDPOINT_NOT_FOUND", "endpoint"},
      {"no input", [](ScoreRequest& r) { r.clear_inputs(); }, kInvalid, "REQUEST_INVALID",
       "inputs"},
      {"columns of unequal length",
       [](ScoreRequest& r) { Input(r).mutable_columns(1)->mutable_doubles()->add_values(1); },
       kInvalid, "REQUEST_INVALID", "inputs[\"input1\"].columns[1]"},
      {"a null row beyond the end",
       [](ScoreRequest& r) { Input(r).mutable_columns(0)->add_null_rows(1); }, kInvalid,
       "REQUEST_INVALID", "inputs[\"input1\"].columns[0].null_rows[0]"},
      {"a parameter that JSON cannot carry",
       [](ScoreRequest& r) {
         (*r.mutable_global_parameters())["t"].set_number_value(std::nan(""));
       },
       kInvalid, "REQUEST_INVALID", "global_parameters[\"t\"]"},
  };
  auto client = stack.Client();
  for (const Case& c : cases) {
    SCOPED_TRACE(c.why);
    // Were it to reach the emulator, this is what would come back.
    ScoreRequest request = IrisRequest("status/418");
    c.spoil(request);
    auto outcome = client->Score(request);
    ASSERT_FALSE(outcome.ok());
    const client::ScoreError& error = outcome.error();
    EXPECT_EQ(error.code, c.code) << error.message;
    EXPECT_EQ(error.reason, c.reason);
    EXPECT_EQ(error.domain, "gateway.scoregate");
    EXPECT_EQ(error.http_status(), 0);
    std::string field = error.field_violations.empty() ? "" : error.field_violations[0].field();
    EXPECT_EQ(field, c.field);
  }
}

TEST(BadRequest, AnOversizedRequestIsRefusedByItsSize) {
  Stack stack("server: {max_request_bytes: 64KiB}\n");
  ScoreRequest request = IrisRequest("status/418");
  auto* column = Input(request).mutable_columns(0)->mutable_strings();
  column->add_values(std::string(100'000, 'x'));
  auto outcome = stack.Client()->Score(request);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(outcome.error().reason, "REQUEST_TOO_LARGE");
  EXPECT_EQ(outcome.error().retry_delay, std::nullopt);
}

// Over the endpoint's own limit, which is known once the body is written.
TEST(BadRequest, ABodyOverTheEndpointsLimitNamesItsField) {
  Stack stack(
      "- name: small\n  dialect: CLASSIC\n  url: http://127.0.0.1:1/workspaces/w/services/s\n"
      "  limits: {max_request_bytes: 64}\n");
  ScoreRequest request = IrisRequest();
  request.set_endpoint("small");
  auto typed = stack.Client()->Score(request);
  scoring::v1::ScoreRawRequest raw;
  raw.set_endpoint("small");
  raw.mutable_body()->set_data(std::string(65, ' '));
  auto unread = stack.Client()->ScoreRaw(raw);
  ASSERT_FALSE(typed.ok() || unread.ok());
  for (const auto& [error, field] :
       {std::pair(typed.error(), "inputs"), std::pair(unread.error(), "body")}) {
    EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED) << field;
    ASSERT_EQ(error.field_violations.size(), 1u) << field;
    EXPECT_EQ(error.field_violations[0].field(), field);
  }
}

}  // namespace
}  // namespace scoregate::e2e
