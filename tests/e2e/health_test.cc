// grpc.health.v1 of the running gateway, as grpc++ and scorectl see it.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <map>

#include "grpc/health/v1/health.grpc.pb.h"

#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using grpc::health::v1::HealthListResponse;
using ::testing::HasSubstr;

// A connection of its own each time, so that the lanes of the gateway take turns.
std::unique_ptr<Health::Stub> NewStub(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return Health::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

HealthCheckRequest Named(const std::string& name) {
  HealthCheckRequest request;
  request.set_service(name);
  return request;
}

// One Watch call. Next waits for what is told next: "SERVING", or how the call ended.
class Watcher {
 public:
  Watcher(Health::Stub& stub, const std::string& name) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    reader_ = stub.Watch(&context_, Named(name));
  }
  ~Watcher() { context_.TryCancel(); }

  std::string Next() {
    HealthCheckResponse response;
    if (reader_->Read(&response)) {
      return HealthCheckResponse::ServingStatus_Name(response.status());
    }
    client::ScoreError error = client::ReadError(reader_->Finish());
    return std::to_string(error.code) + " " + error.reason;
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<HealthCheckResponse>> reader_;
};

class HealthTest : public ::testing::Test {
 protected:
  std::string Check(const std::string& name) {
    grpc::ClientContext context;
    HealthCheckResponse response;
    grpc::Status status = stub_->Check(&context, Named(name), &response);
    if (status.ok()) return HealthCheckResponse::ServingStatus_Name(response.status());
    client::ScoreError error = client::ReadError(status);
    return std::to_string(error.code) + " " + error.reason + ": " + error.message;
  }
  void Score(const std::string& raise) { (void)stack_.Client()->Score(IrisRequest(raise)); }
  Finished Scorectl(const std::vector<std::string>& words) {
    std::vector<std::string> command = {Program("scorectl"), "--address", stack_.gateway_address(),
                                        "health"};
    command.insert(command.end(), words.begin(), words.end());
    return RunToEnd(command);
  }

  Stack stack_;
  std::unique_ptr<Health::Stub> stub_ = NewStub(stack_.gateway_address());
};

const char kRefusedKey[] = "Unauthorized/ScoreRequestUnauthorized";

TEST_F(HealthTest, KnowsItselfItsServicesAndItsEndpoints) {
  grpc::ClientContext context;
  HealthListResponse response;
  ASSERT_TRUE(stub_->List(&context, {}, &response).ok());
  std::map<std::string, std::string> found;
  for (const auto& [name, health] : response.statuses()) {
    found[name] = HealthCheckResponse::ServingStatus_Name(health.status());
  }
  for (const char* name : {"", "scoring.v1.ScoringService", "grpc.health.v1.Health", "iris", "rows",
                           "opaque", "nobody"}) {
    EXPECT_EQ(found[name], "SERVING") << name;
    EXPECT_EQ(Check(name), "SERVING") << name;
  }
}

TEST_F(HealthTest, AnUnknownNameIsNotFoundAndTheNearestIsNamed) {
  EXPECT_EQ(Check("irs"),
            "5 ENDPOINT_NOT_FOUND: no endpoint and no service has that name; did you mean 'iris'?");
  EXPECT_EQ(Check("scoring.v1.NoSuchThing/x"),
            "5 ENDPOINT_NOT_FOUND: no endpoint and no service has that name; List tells which "
            "there are");
  Watcher watcher(*stub_, "irs");
  EXPECT_EQ(watcher.Next(), "SERVICE_UNKNOWN");
}

TEST_F(HealthTest, AnEndpointWhoseKeyIsRefusedDoesNotServeWhileTheGatewayDoes) {
  auto second = NewStub(stack_.gateway_address());
  Watcher gateway(*stub_, "");
  Watcher iris(*stub_, "iris");
  Watcher same(*second, "iris");
  EXPECT_EQ(gateway.Next(), "SERVING");
  EXPECT_EQ(iris.Next(), "SERVING");
  EXPECT_EQ(same.Next(), "SERVING");
  Score(kRefusedKey);
  EXPECT_EQ(iris.Next(), "NOT_SERVING");
  EXPECT_EQ(same.Next(), "NOT_SERVING") << "whatever lane it is on";
  EXPECT_EQ(Check("iris"), "NOT_SERVING");
  EXPECT_EQ(Check("rows"), "SERVING");
  EXPECT_EQ(Check(""), "SERVING");
  EXPECT_EQ(Check("scoring.v1.ScoringService"), "SERVING");
  Score("");
  EXPECT_EQ(iris.Next(), "SERVING");
  EXPECT_EQ(same.Next(), "SERVING");
  EXPECT_EQ(Check("iris"), "SERVING");
}

TEST_F(HealthTest, ThrottlingIsHealthAndOneFailureIsNoise) {
  for (int i = 0; i < 5; ++i) Score("ServiceUnavailable/RequestThrottled");
  for (int i = 0; i < 5; ++i) Score("BadArgument/InvalidInputNames");
  Score("InternalError");
  Score("InternalError");
  EXPECT_EQ(Check("iris"), "SERVING");
  Score("InternalError");
  EXPECT_EQ(Check("iris"), "NOT_SERVING") << "three in a row";
}

TEST_F(HealthTest, ManyWatchersAreAllTold) {
  constexpr std::size_t kConnections = 5;
  constexpr std::size_t kWatchersEach = 80;
  std::vector<std::unique_ptr<Health::Stub>> stubs;
  std::vector<std::unique_ptr<Watcher>> watchers;
  for (std::size_t i = 0; i < kConnections; ++i) {
    stubs.push_back(NewStub(stack_.gateway_address()));
    for (std::size_t j = 0; j < kWatchersEach; ++j) {
      watchers.push_back(std::make_unique<Watcher>(*stubs.back(), "iris"));
    }
  }
  for (auto& watcher : watchers) ASSERT_EQ(watcher->Next(), "SERVING");
  Score(kRefusedKey);
  for (auto& watcher : watchers) ASSERT_EQ(watcher->Next(), "NOT_SERVING");
}

TEST_F(HealthTest, TheDrainIsToldAndEndsWhatWatches) {
  auto second = NewStub(stack_.gateway_address());
  Watcher gateway(*stub_, "");
  Watcher iris(*second, "iris");
  Watcher unknown(*second, "no-such");
  EXPECT_EQ(gateway.Next(), "SERVING");
  EXPECT_EQ(iris.Next(), "SERVING");
  EXPECT_EQ(unknown.Next(), "SERVICE_UNKNOWN");
  auto start = std::chrono::steady_clock::now();
  stack_.gateway().Signal(SIGTERM);
  EXPECT_EQ(gateway.Next(), "NOT_SERVING");
  EXPECT_EQ(gateway.Next(), "14 SHUTTING_DOWN");
  EXPECT_EQ(iris.Next(), "NOT_SERVING");
  EXPECT_EQ(iris.Next(), "14 SHUTTING_DOWN");
  EXPECT_EQ(unknown.Next(), "14 SHUTTING_DOWN");
  EXPECT_EQ(stack_.gateway().Wait(), 0) << "no call had to be cut";
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(25))
      << "long before drain_timeout";
}

// What List gives of a gateway with so many endpoints beside those of every Stack.
grpc::Status ListWith(std::size_t more_endpoints, HealthListResponse& response) {
  std::string endpoints;
  for (std::size_t i = 0; i < more_endpoints; ++i) {
    endpoints += "- name: e" + std::to_string(i) +
                 "\n  dialect: OPAQUE\n  url: http://127.0.0.1:1/x\n  api_key: {env: E2E_KEY}\n";
  }
  Stack stack(endpoints);
  grpc::ClientContext context;
  return NewStub(stack.gateway_address())->List(&context, {}, &response);
}

TEST(HealthList, GivesAtMostAHundredNames) {
  // The gateway itself, which is "", its services and the endpoints of every Stack are names, too.
  HealthListResponse usual;
  ASSERT_TRUE(ListWith(0, usual).ok());
  const std::size_t own = usual.statuses().size();
  ASSERT_TRUE(usual.statuses().contains(""));
  HealthListResponse full;
  const grpc::Status served = ListWith(100 - own, full);
  EXPECT_TRUE(served.ok()) << served.error_message();
  EXPECT_EQ(full.statuses().size(), 100u);
  HealthListResponse none;
  const client::ScoreError error = client::ReadError(ListWith(101 - own, none));
  EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(error.reason, "REQUEST_TOO_LARGE");
  EXPECT_THAT(error.message, HasSubstr("there are 101 names, List gives at most 100;"));
  EXPECT_FALSE(error.retry_delay.has_value());
}

TEST_F(HealthTest, ScorectlPrintsItAndItsExitCodeTells) {
  Finished list = Scorectl({});
  EXPECT_EQ(list.exit_code, 0) << list.err;
  EXPECT_THAT(list.out, testing::StartsWith("NAME"));
  EXPECT_THAT(list.out, testing::ContainsRegex("\n\\(gateway\\) +SERVING"));
  EXPECT_THAT(list.out, testing::ContainsRegex("\niris +SERVING"));
  Finished one = Scorectl({"iris"});
  EXPECT_EQ(one.exit_code, 0);
  EXPECT_EQ(one.out, "iris  SERVING\n");
  Score(kRefusedKey);
  Finished broken = Scorectl({"iris"});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_EQ(broken.out, "iris  NOT_SERVING\n");
  Finished json = Scorectl({"iris", "--output", "json"});
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_EQ(json.out, "{\"statuses\":{\"iris\":{\"status\":\"NOT_SERVING\"}}}\n");
  Finished gateway = Scorectl({"--output", "json"});
  EXPECT_EQ(gateway.exit_code, 0) << "the gateway itself serves";
  EXPECT_THAT(gateway.out, HasSubstr("\"\":{\"status\":\"SERVING\"}"));
  Finished unknown = Scorectl({"irs"});
  EXPECT_EQ(unknown.exit_code, 69);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'iris'?"));
}

TEST_F(HealthTest, ScorectlWatchesUntilTheGatewayEnds) {
  // Its output is read where Server reads.
  Server watch({"/bin/sh", "-c", "exec \"$0\" \"$@\" 1>&2", Program("scorectl"), "--address",
                stack_.gateway_address(), "health", "--watch"});
  ASSERT_TRUE(watch.WaitForLine("(gateway)  SERVING").has_value()) << watch.err();
  stack_.gateway().Signal(SIGTERM);
  EXPECT_TRUE(watch.WaitForLine("(gateway)  NOT_SERVING").has_value()) << watch.err();
  EXPECT_TRUE(watch.WaitForLine("the gateway is draining").has_value()) << watch.err();
  EXPECT_EQ(watch.Wait(), 78);
}

}  // namespace
}  // namespace scoregate::e2e
