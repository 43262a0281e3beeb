// What whoever is on call asks the gateway for: which limit was over, and the report of one failure
// among many.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "scoring/v1/errors.grpc.pb.h"
#include "scoring/v1/scoring.grpc.pb.h"
#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using namespace std::chrono_literals;

std::shared_ptr<grpc::Channel> ChannelTo(const Stack& stack) {
  return grpc::CreateChannel(stack.gateway_address(), grpc::InsecureChannelCredentials());
}

TEST(OnCall, ATimeoutNamesTheEndpointsLimit) {
  HeldUpstream upstream;
  Stack stack("- name: quick\n  dialect: CLASSIC\n  timeout: 300ms\n  url: http://127.0.0.1:" +
              std::to_string(upstream.port()) + "/workspaces/ws/services/quick\n");
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("quick");
  auto outcome = stack.Client()->Score(request);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().reason, "DEADLINE_EXCEEDED_AT_GATEWAY");
  EXPECT_THAT(outcome.error().message,
              StartsWith("the time for the call ran out while waiting for the answer of "));
  EXPECT_THAT(outcome.error().message, EndsWith(": after 300 ms, the endpoint's timeout"));
}

// The caller has stopped to wait by then, so that only the report tells it.
TEST(OnCall, ATimeoutNamesTheCallersDeadline) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("held");
  grpc::ClientContext context;
  context.AddMetadata("x-request-id", "on-call-1");
  context.set_deadline(std::chrono::system_clock::now() + 1s);
  scoring::v1::ScoreResponse response;
  auto stub = scoring::v1::ScoringService::NewStub(ChannelTo(stack));
  EXPECT_EQ(stub->Score(&context, request, &response).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  const auto give_up = std::chrono::steady_clock::now() + 10s;
  auto report = stack.Client()->GetErrorReport("on-call-1");
  while (!report.ok() && std::chrono::steady_clock::now() < give_up) {
    std::this_thread::sleep_for(20ms);
    report = stack.Client()->GetErrorReport("on-call-1");
  }
  ASSERT_TRUE(report.ok()) << report.error().message;
  // The time that connecting took is off the deadline when it arrives; gRPC's core rounds it up.
  EXPECT_THAT(report.value().status().message(),
              ContainsRegex(": after (1 s|1010 ms|[89][0-9]0 ms), the caller's deadline$"));
}

TEST(OnCall, AFloodOfFailuresLeavesTheOthersTheirReports) {
  Stack stack("lanes: 1\n");
  auto client = stack.Client();
  scoring::v1::ScoreRequest lonely = IrisRequest();
  lonely.set_endpoint("nobody");
  auto first = client->Score(lonely);
  ASSERT_FALSE(first.ok());
  std::string last_of_flood;
  std::string first_of_flood;
  for (int i = 0; i < 300; ++i) {
    auto failed = client->Score(IrisRequest("BadArgument/BlobNotFound"));
    ASSERT_FALSE(failed.ok());
    last_of_flood = failed.error().request_id;
    if (first_of_flood.empty()) first_of_flood = last_of_flood;
  }
  EXPECT_TRUE(client->GetErrorReport(first.error().request_id).ok());
  EXPECT_TRUE(client->GetErrorReport(last_of_flood).ok());
  auto gone = client->GetErrorReport(first_of_flood);
  ASSERT_FALSE(gone.ok());
  EXPECT_THAT(gone.error().message, HasSubstr("keeps the last 128 of each lane, fewer of a flood"));
  EXPECT_THAT(gone.error().message, HasSubstr("a restart forgets them"));
}

}  // namespace
}  // namespace scoregate::e2e
