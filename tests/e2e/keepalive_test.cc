// Pings of an unmodified grpc++ client: those that the configuration allows keep its connection,
// others end it, and its next call goes over a new one.
#include <grpc/grpc.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "scoring/v1/scoring.grpc.pb.h"
#include "tests/e2e/process.h"

namespace scoregate::e2e {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::system_clock;

// gRPC's core sends them a second apart whatever less it is told; the fourth is one too many, after
// some three seconds.
constexpr int kPingMilliseconds = 40;
constexpr auto kLongEnough = 6s;
constexpr auto kGiveUp = 30s;

// A channel of its own connection that pings whatever there is to do.
std::shared_ptr<grpc::Channel> PingingChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPingMilliseconds);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

grpc::Status ListEndpoints(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  context.set_deadline(Clock::now() + kGiveUp);
  scoring::v1::ListEndpointsResponse response;
  return scoring::v1::ScoringService::NewStub(channel)->ListEndpoints(&context, {}, &response);
}

struct Case {
  const char* name;
  const char* server;
  bool stays;
};

// Serves and watches one client; a file of its own, as all cases run at once.
void Watch(const Case& c) {
  SCOPED_TRACE(c.name);
  const std::string yaml = "server: " + std::string(c.server) +
                           "\nlisteners: [{address: 127.0.0.1:0}]\nendpoints:\n- name: nobody\n"
                           "  dialect: OPAQUE\n  url: http://127.0.0.1:1/\n";
  Server gateway({Program("scoregate"), "serve", "--config",
                  WriteFile("keepalive " + std::string(c.name) + ".yaml", yaml)});
  const auto address = gateway.WaitForLine("listening on ");
  ASSERT_TRUE(address) << gateway.err();
  const std::shared_ptr<grpc::Channel> channel = PingingChannel(*address);
  ASSERT_TRUE(channel->WaitForConnected(Clock::now() + kGiveUp));
  const auto wait = c.stays ? kLongEnough : kGiveUp;
  EXPECT_EQ(channel->WaitForStateChange(GRPC_CHANNEL_READY, Clock::now() + wait), !c.stays);
  EXPECT_TRUE(ListEndpoints(channel).ok());
}

TEST(Keepalive, AClientMayPingAsOftenAsTheConfigurationSays) {
  constexpr auto kCases = std::to_array<Case>({
      {"the default, five minutes", "{}", false},
      {"sooner than allowed", "{min_ping_interval: 30s, allow_pings_without_calls: true}", false},
      {"allowed, but with calls only", "{min_ping_interval: 1ms}", false},
      {"allowed", "{min_ping_interval: 1ms, allow_pings_without_calls: true}", true},
      {"both ends ping",
       "{min_ping_interval: 1ms, allow_pings_without_calls: true, keepalive_interval: 20ms}", true},
  });
  std::vector<std::future<void>> cases;
  for (const Case& c : kCases) cases.push_back(std::async(std::launch::async, Watch, std::cref(c)));
  for (std::future<void>& done : cases) done.get();
}

}  // namespace
}  // namespace scoregate::e2e
