// A failed call's status becomes a typed view, also where the server sent no details or bad ones.
#include "client/score_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scoregate::client {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

google::rpc::Status FullStatus() {
  google::rpc::Status status;
  status.set_code(8);
  status.set_message("Throttled.");
  google::rpc::ErrorInfo info;
  info.set_reason("REQUEST_THROTTLED");
  info.set_domain("services.azureml.net");
  (*info.mutable_metadata())["upstreamClass"] = "ServiceUnavailable";
  (*info.mutable_metadata())["upstreamCode"] = "RequestThrottled";
  (*info.mutable_metadata())["httpStatus"] = "503";
  (*info.mutable_metadata())["faultDomain"] = "UPSTREAM";
  status.add_details()->PackFrom(info);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(1);
  retry.mutable_retry_delay()->set_nanos(250'000'000);
  status.add_details()->PackFrom(retry);
  google::rpc::QuotaFailure quota;
  quota.add_violations()->set_quota_value(20);
  status.add_details()->PackFrom(quota);
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("inputs[\"input1\"]");
  status.add_details()->PackFrom(bad);
  google::rpc::PreconditionFailure precondition;
  precondition.add_violations()->set_type("JOB_STATE");
  status.add_details()->PackFrom(precondition);
  google::rpc::ResourceInfo resource;
  resource.set_resource_type("WebService");
  status.add_details()->PackFrom(resource);
  google::rpc::RequestInfo request;
  request.set_request_id("id-1");
  status.add_details()->PackFrom(request);
  google::rpc::Help help;
  help.add_links()->set_url("https://example.com/#x");
  status.add_details()->PackFrom(help);
  google::rpc::LocalizedMessage text;
  text.set_locale("ko-KR");
  text.set_message("제한되었습니다.");
  status.add_details()->PackFrom(text);
  scoring::v1::UpstreamError upstream;
  upstream.set_http_status(503);
  status.add_details()->PackFrom(upstream);
  return status;
}

grpc::Status Wire(const google::rpc::Status& status) {
  return {static_cast<grpc::StatusCode>(status.code()), status.message(),
          status.SerializeAsString()};
}

TEST(ReadError, TakesEveryDetail) {
  ScoreError error = ReadError(Wire(FullStatus()));
  EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(error.message, "Throttled.");
  EXPECT_TRUE(error.has_details);
  EXPECT_EQ(error.reason, "REQUEST_THROTTLED");
  EXPECT_EQ(error.domain, "services.azureml.net");
  EXPECT_EQ(error.error_class(), "ServiceUnavailable");
  EXPECT_EQ(error.error_code(), "RequestThrottled");
  EXPECT_EQ(error.http_status(), 503);
  EXPECT_EQ(error.fault_domain(), "UPSTREAM");
  EXPECT_EQ(error.retry_delay, std::chrono::milliseconds(1250));
  ASSERT_THAT(error.quota_violations, SizeIs(1));
  EXPECT_EQ(error.quota_violations[0].quota_value(), 20);
  ASSERT_THAT(error.field_violations, SizeIs(1));
  EXPECT_EQ(error.field_violations[0].field(), "inputs[\"input1\"]");
  ASSERT_THAT(error.precondition_violations, SizeIs(1));
  EXPECT_EQ(error.precondition_violations[0].type(), "JOB_STATE");
  ASSERT_TRUE(error.resource.has_value());
  EXPECT_EQ(error.resource->resource_type(), "WebService");
  EXPECT_EQ(error.request_id, "id-1");
  ASSERT_THAT(error.help_links, SizeIs(1));
  EXPECT_EQ(error.locale, "ko-KR");
  EXPECT_EQ(error.localized_message, "제한되었습니다.");
  ASSERT_TRUE(error.upstream.has_value());
  EXPECT_EQ(error.upstream->http_status(), 503);
  EXPECT_THAT(error.status.details(), SizeIs(10));
}

TEST(ReadError, CopesWithWhatOtherServersSend) {
  google::rpc::Status other_code = FullStatus();
  other_code.set_code(13);
  google::rpc::Status strange;
  strange.set_code(8);
  strange.add_details()->set_type_url("type.googleapis.com/some.Unknown");
  strange.add_details()->set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  strange.mutable_details(1)->set_value("\xff\xff\xff");
  struct Case {
    const char* name;
    grpc::Status status;
  };
  const Case cases[] = {
      {"no details at all", {grpc::StatusCode::RESOURCE_EXHAUSTED, "m"}},
      {"details that are not a Status", {grpc::StatusCode::RESOURCE_EXHAUSTED, "m", "\xff\x01"}},
      {"details that contradict the code",
       {grpc::StatusCode::RESOURCE_EXHAUSTED, "m", other_code.SerializeAsString()}},
      {"unknown and spoiled details",
       {grpc::StatusCode::RESOURCE_EXHAUSTED, "m", strange.SerializeAsString()}},
  };
  for (const Case& c : cases) {
    ScoreError error = ReadError(c.status);
    EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED) << c.name;
    EXPECT_EQ(error.message, "m") << c.name;
    EXPECT_FALSE(error.has_details) << c.name;
    EXPECT_EQ(error.reason, "") << c.name;
    EXPECT_EQ(error.http_status(), 0) << c.name;
    EXPECT_EQ(error.retry_delay, std::nullopt) << c.name;
    EXPECT_EQ(error.status.code(), 8) << c.name;
  }
}

TEST(ReadError, DetailsCutAtEveryByteLeaveCodeAndMessage) {
  std::string whole = FullStatus().SerializeAsString();
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    ScoreError error = ReadError({grpc::StatusCode::RESOURCE_EXHAUSTED, "m", whole.substr(0, cut)});
    EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED) << cut;
    EXPECT_EQ(error.message, "m") << cut;
  }
}

TEST(CodeName, NamesEveryCodeAndTheUnknown) {
  EXPECT_EQ(CodeName(grpc::StatusCode::OK), "OK");
  EXPECT_EQ(CodeName(grpc::StatusCode::UNAUTHENTICATED), "UNAUTHENTICATED");
  EXPECT_EQ(CodeName(static_cast<grpc::StatusCode>(17)), "CODE_17");
}

}  // namespace
}  // namespace scoregate::client
