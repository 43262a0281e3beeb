// A bad request names the field to fix and never reaches the upstream.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <cstdint>
#include <functional>

#include "scoring/v1/scoring.grpc.pb.h"
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

std::shared_ptr<grpc::Channel> ChannelTo(const Stack& stack) {
  return grpc::CreateChannel(stack.gateway_address(), grpc::InsecureChannelCredentials());
}

using MakeValue = std::function<void(google::protobuf::Value&, int)>;

void NestLists(google::protobuf::Value& value, int depth) {
  google::protobuf::Value* inner = &value;
  for (int i = 0; i < depth; ++i) inner = inner->mutable_list_value()->add_values();
  inner->set_bool_value(true);
}

void NestStructs(google::protobuf::Value& value, int depth) {
  google::protobuf::Value* inner = &value;
  for (int i = 0; i < depth; ++i) inner = &(*inner->mutable_struct_value()->mutable_fields())["a"];
  inner->set_bool_value(true);
}

// The gateway's own check answers, not protobuf's: its default stops at 49 lists or 32 structs.
TEST(BadRequest, AParameterThatNestsTooDeepNamesItself) {
  Stack stack;
  struct Case {
    const char* what;
    MakeValue nest;
    int depth;
    grpc::StatusCode code;
    std::string reason;
  };
  constexpr auto kInvalid = grpc::StatusCode::INVALID_ARGUMENT;
  const std::vector<Case> cases = {
      {"lists", NestLists, 33, kInvalid, "REQUEST_INVALID"},
      {"lists", NestLists, 49, kInvalid, "REQUEST_INVALID"},
      {"lists", NestLists, 50, kInvalid, "REQUEST_INVALID"},
      {"lists", NestLists, 400, kInvalid, "REQUEST_INVALID"},
      {"structs", NestStructs, 33, kInvalid, "REQUEST_INVALID"},
      {"structs", NestStructs, 50, kInvalid, "REQUEST_INVALID"},
      {"structs", NestStructs, 300, kInvalid, "REQUEST_INVALID"},
      {"lists", NestLists, 2000, grpc::StatusCode::INTERNAL, "REQUEST_MALFORMED"},
      {"structs", NestStructs, 2000, grpc::StatusCode::INTERNAL, "REQUEST_MALFORMED"},
  };
  auto client = stack.Client();
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(c.what) + " " + std::to_string(c.depth));
    ScoreRequest request = IrisRequest("status/418");
    c.nest((*request.mutable_global_parameters())["t"], c.depth);
    auto outcome = client->Score(request);
    ASSERT_FALSE(outcome.ok());
    const client::ScoreError& error = outcome.error();
    EXPECT_EQ(error.code, c.code) << error.message;
    EXPECT_EQ(error.reason, c.reason);
    ASSERT_EQ(error.field_violations.size(), c.code == kInvalid ? 1u : 0u);
    if (c.code != kInvalid) continue;
    EXPECT_THAT(error.field_violations[0].field(), testing::StartsWith("global_parameters[\"t\"]"));
    EXPECT_THAT(error.message, testing::HasSubstr("nested deeper than 32 levels"));
  }
}

// C++ callers can send it: their protobuf complains on their own standard error only.
TEST(BadRequest, AStringThatIsNotUtf8IsSaidToTheCallerAndNotLogged) {
  Stack stack;
  ScoreRequest request = IrisRequest("status/418");
  request.set_endpoint("iris\xff");
  grpc::ClientContext context;
  scoring::v1::ScoreResponse response;
  auto stub = scoring::v1::ScoringService::NewStub(ChannelTo(stack));
  client::ScoreError error = client::ReadError(stub->Score(&context, request, &response));
  EXPECT_EQ(error.code, grpc::StatusCode::INTERNAL);
  EXPECT_EQ(error.reason, "REQUEST_MALFORMED");
  EXPECT_THAT(error.message, testing::HasSubstr("a string in it is not UTF-8"));
  // A later line shows that all before it was read.
  stack.gateway().Signal(SIGHUP);
  EXPECT_TRUE(stack.gateway().WaitForLine("scoregate: SIGHUP"));
  EXPECT_THAT(stack.gateway().err(), testing::Not(testing::HasSubstr("libprotobuf")));
}

// What such a message holds does not matter: it is not looked at.
enum class Oversize { kPlain, kGzip, kDense };

// Halves under gzip, no more.
std::string Noise(std::size_t size) {
  std::string text(size, '\0');
  std::uint32_t noise = 1;
  for (char& c : text) {
    noise = noise * 1'664'525 + 1'013'904'223;
    c = static_cast<char>(noise >> 28);
  }
  return text;
}

client::ScoreError SendOversized(const Stack& stack, const std::string& method, Oversize how) {
  static const std::string text = Noise(2 << 20);
  static const std::string zeros(3 << 19, '\0');
  grpc::Slice slice(how == Oversize::kDense ? zeros : text);
  grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  if (how != Oversize::kPlain) context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  // To a method of a stream this is a stream of one message.
  grpc::internal::RpcMethod call(method.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
  return client::ReadError(grpc::internal::BlockingUnaryCall(ChannelTo(stack).get(), call, &context,
                                                             request, &response));
}

TEST(BadRequest, AnOversizedRequestNamesTheFieldThatIsLarge) {
  Stack stack("server: {max_request_bytes: 1664KiB}\n");
  struct Case {
    std::string method;
    std::string field;  // Empty: its request has no fields.
  };
  const std::string kOperations = "/google.longrunning.Operations/";
  const std::vector<Case> cases = {
      {"/scoring.v1.ScoringService/Score", "inputs"},
      {"/scoring.v1.ScoringService/StreamScore", "request.inputs"},
      {"/scoring.v1.ScoringService/ScoreRaw", "body"},
      {"/scoring.v1.ScoringService/ListEndpoints", ""},
      {"/scoring.v1.ScoringService/GetEndpoint", "name"},
      {"/scoring.v1.BatchScoringService/CreateBatchJob", "inputs"},
      {"/scoring.v1.BatchScoringService/StartBatchJob", "name"},
      {"/scoring.v1.ErrorCatalogService/ListReasons", "locale"},
      {"/scoring.v1.ErrorCatalogService/Translate", "body"},
      {"/scoring.v1.ErrorCatalogService/GetErrorReport", "request_id"},
      {kOperations + "ListOperations", "name"},
      {kOperations + "GetOperation", "name"},
      {kOperations + "DeleteOperation", "name"},
      {kOperations + "CancelOperation", "name"},
      {kOperations + "WaitOperation", "name"},
      {"/grpc.health.v1.Health/Check", "service"},
      {"/grpc.health.v1.Health/List", ""},
      {"/grpc.health.v1.Health/Watch", "service"},
      {"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", ""},
      {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", ""},
  };
  for (const Case& c : cases) {
    for (Oversize how : {Oversize::kPlain, Oversize::kGzip, Oversize::kDense}) {
      SCOPED_TRACE(c.method + " " + std::to_string(static_cast<int>(how)));
      client::ScoreError error = SendOversized(stack, c.method, how);
      EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED) << error.message;
      EXPECT_EQ(error.reason, "REQUEST_TOO_LARGE");
      EXPECT_EQ(error.retry_delay, std::nullopt);
      ASSERT_EQ(error.field_violations.size(), c.field.empty() ? 0u : 1u);
      if (c.field.empty()) continue;
      EXPECT_EQ(error.field_violations[0].field(), c.field);
      EXPECT_EQ(error.field_violations[0].reason(), "REQUEST_TOO_LARGE");
      const bool dense = how == Oversize::kDense;
      EXPECT_THAT(error.message, testing::HasSubstr(dense ? "too many times its size" : "1703936"));
    }
  }
}

TEST(BadRequest, OversizedMetadataNamesItsLargestEntry) {
  Stack stack("server: {max_metadata_bytes: 8KiB}\n");
  auto stub = scoring::v1::ScoringService::NewStub(ChannelTo(stack));
  grpc::ClientContext context;
  context.AddMetadata("x-session", std::string(9000, 's'));
  context.AddMetadata("x-short", "s");
  scoring::v1::ScoreResponse response;
  client::ScoreError error = client::ReadError(stub->Score(&context, IrisRequest(), &response));
  EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(error.reason, "REQUEST_TOO_LARGE");
  ASSERT_EQ(error.field_violations.size(), 1u);
  EXPECT_EQ(error.field_violations[0].field(), "x-session");
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
