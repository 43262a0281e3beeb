// When a failed call is made again, and what the caller is told of it.
#include "client/retry.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "client/scoring_client.h"

namespace scoregate::client {
namespace {

using grpc::StatusCode;
using std::chrono::milliseconds;

ScoreError Error(StatusCode code, bool has_details, std::optional<milliseconds> advice) {
  ScoreError error;
  error.code = code;
  error.has_details = has_details;
  error.retry_delay = advice;
  return error;
}

TEST(DelayBeforeRetry, IsWhatTheGatewayAdvises) {
  struct Case {
    const char* name;
    ScoreError error;
    int attempts;
    std::optional<milliseconds> delay;
  };
  const std::vector<Case> cases = {
      {"advised", Error(StatusCode::UNAVAILABLE, true, milliseconds(1500)), 1, milliseconds(1500)},
      {"throttled", Error(StatusCode::RESOURCE_EXHAUSTED, true, milliseconds(7)), 3,
       milliseconds(7)},
      {"advised against", Error(StatusCode::UNAVAILABLE, true, std::nullopt), 1, std::nullopt},
      {"no gateway", Error(StatusCode::UNAVAILABLE, false, std::nullopt), 1, milliseconds(200)},
      {"no gateway still", Error(StatusCode::UNAVAILABLE, false, std::nullopt), 3,
       milliseconds(800)},
      {"no gateway for long", Error(StatusCode::UNAVAILABLE, false, std::nullopt), 1000,
       milliseconds(12'800)},
      {"too large for gRPC", Error(StatusCode::RESOURCE_EXHAUSTED, false, std::nullopt), 1,
       std::nullopt},
      {"a code that is not repeated", Error(StatusCode::ABORTED, true, milliseconds(5)), 1,
       std::nullopt},
  };
  for (const Case& c : cases) EXPECT_EQ(DelayBeforeRetry(c.error, c.attempts), c.delay) << c.name;
}

// Is away for the first calls; keeps what each said of those before it.
class Away : public scoring::v1::ScoringService::Service {
 public:
  grpc::Status ListEndpoints(grpc::ServerContext* context, const scoring::v1::ListEndpointsRequest*,
                             scoring::v1::ListEndpointsResponse*) override {
    auto found = context->client_metadata().find("grpc-previous-rpc-attempts");
    const bool said = found != context->client_metadata().end();
    before.push_back(said ? std::string(found->second.data(), found->second.size()) : "");
    if (before.size() <= failures) return {StatusCode::UNAVAILABLE, "away"};
    return grpc::Status::OK;
  }
  std::size_t failures = 0;
  std::vector<std::string> before;
};

class RetryTest : public ::testing::Test {
 protected:
  RetryTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    options_.address = "127.0.0.1:" + std::to_string(port);
    options_.on_retry = [this](const Retry& retry) {
      told_.push_back(std::to_string(retry.next_attempt) + " of " +
                      std::to_string(retry.max_attempts.value_or(0)) + " after " +
                      std::to_string(retry.delay.count()));
    };
  }

  Away service_;
  std::unique_ptr<grpc::Server> server_;
  ClientOptions options_;
  std::vector<std::string> told_;
};

TEST_F(RetryTest, EveryWaitIsToldAndEveryAttemptSaysHowManyWereBefore) {
  service_.failures = 2;
  options_.max_attempts = 3;
  auto outcome = ScoringClient(options_).ListEndpoints();
  EXPECT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_THAT(told_, testing::ElementsAre("2 of 3 after 200", "3 of 3 after 400"));
  EXPECT_THAT(service_.before, testing::ElementsAre("", "1", "2"));
}

TEST_F(RetryTest, TheLastErrorSaysHowOftenAndHowLong) {
  struct Case {
    const char* name;
    int max_attempts;
    milliseconds timeout;
    int attempts;
  };
  const std::vector<Case> cases = {
      {"as often as allowed", 2, milliseconds(20'000), 2},
      {"once", 1, milliseconds(20'000), 1},
      {"no wait that outlasts the call", 5, milliseconds(450), 2},
  };
  for (const Case& c : cases) {
    service_.before.clear();
    service_.failures = 10;
    options_.max_attempts = c.max_attempts;
    options_.timeout = c.timeout;
    auto outcome = ScoringClient(options_).ListEndpoints();
    ASSERT_FALSE(outcome.ok()) << c.name;
    EXPECT_EQ(outcome.error().message, "away") << c.name;
    EXPECT_EQ(outcome.error().attempts, c.attempts) << c.name;
    EXPECT_GE(outcome.error().elapsed, milliseconds(200) * (c.attempts - 1)) << c.name;
  }
}

}  // namespace
}  // namespace scoregate::client
