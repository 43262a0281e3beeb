// Upstreams that answer too late: what is known already still reaches the caller.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "client/batch_client.h"
#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::StartsWith;
using namespace std::chrono_literals;

std::string Answer(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
         "Content-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

client::ClientOptions Options(const Stack& stack, std::chrono::milliseconds timeout) {
  client::ClientOptions options;
  options.address = stack.gateway_address();
  options.timeout = timeout;
  options.max_attempts = 1;
  return options;
}

TEST(SlowUpstreamTest, AScoreIsNotLostToASwaggerDocumentThatDoesNotCome) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  // Less than a call waits for the document where it has the time.
  client::ScoringClient client(Options(stack, 1500ms));
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("held");
  auto scored = std::async(std::launch::async, [&] { return client.Score(request); });
  upstream.WaitForRequest();
  upstream.Answer(Answer(
      R"({"Results":{"o":{"type":"table","value":{"ColumnNames":["c"],"Values":[["1"]]}}}})"));
  upstream.WaitForClose();
  upstream.Close();
  EXPECT_THAT(upstream.WaitForRequest(), StartsWith("GET /workspaces/ws/services/held/swagger"));
  auto outcome = scored.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome.value().outputs().at("o").columns(0).strings().values(0), "1");
}

constexpr char kUntyped[] =
    R"({"Results":{"o":{"type":"table","value":{"ColumnNames":["c"],"Values":[["1"]]}}}})";
constexpr char kDocument[] =
    R"({"swagger":"2.0","paths":{"/execute":{"post":{"parameters":[{"in":"body","name":"b","schema":)"
    R"({"type":"object","properties":{"Inputs":{"type":"object","properties":{}}}}}],"responses":)"
    R"({"200":{"schema":{"type":"object","properties":{"Results":{"type":"object","properties":)"
    R"({"o":{"type":"array","items":{"type":"object","properties":{"c":{"type":"integer"}}}}}}}}}}}}}})";

TEST(SlowUpstreamTest, AScoreDoesNotWaitForASwaggerDocumentThatIsSlow) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  client::ScoringClient client(Options(stack, 20s));
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("held");
  auto scored = std::async(std::launch::async, [&] { return client.Score(request); });
  upstream.WaitForRequest();
  upstream.Answer(Answer(kUntyped));
  upstream.WaitForClose();
  upstream.Close();
  EXPECT_THAT(upstream.WaitForRequest(), StartsWith("GET /workspaces/ws/services/held/swagger"));
  // Had the score waited as long as the document is waited for at all, that would be over now, and
  // the columns below would not come.
  auto outcome = scored.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome.value().outputs().at("o").columns(0).strings().values(0), "1");
  upstream.Answer(Answer(kDocument));
  upstream.WaitForClose();
  upstream.Close();
  auto endpoint = client.GetEndpoint("held");
  ASSERT_TRUE(endpoint.ok()) << endpoint.error().message;
  ASSERT_EQ(endpoint.value().outputs_size(), 1);
  EXPECT_EQ(endpoint.value().outputs(0).columns(0).name(), "c");
  auto again = std::async(std::launch::async, [&] { return client.Score(request); });
  upstream.WaitForRequest();
  upstream.Answer(Answer(kUntyped));
  outcome = again.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome.value().outputs().at("o").columns(0).int64s().values(0), 1);
}

TEST(SlowUpstreamTest, AJobThatIsNotThereYetIsWaitedFor) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  client::BatchClient client(Options(stack, 20s));
  auto waited =
      std::async(std::launch::async, [&] { return client.Wait("operations/held/0123", 15s); });
  const std::string not_found = R"({"error":{"code":"NotFound","message":"No such job."}})";
  upstream.WaitForRequest();
  upstream.Answer("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: " +
                  std::to_string(not_found.size()) + "\r\n\r\n" + not_found);
  upstream.WaitForClose();
  upstream.Close();
  upstream.WaitForRequest();
  upstream.Answer(Answer(R"({"StatusCode":"Finished","Results":null,"Details":""})"));
  auto outcome = waited.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_TRUE(outcome.value().done());
}

TEST(SlowUpstreamTest, AWaitsTimeBoundsItsFirstLookToo) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  // The endpoint's own timeout is longer than the upstream below waits for the end of a look.
  client::BatchClient client(Options(stack, 60s));
  for (int i = 0; i < 3; ++i) {
    auto waited =
        std::async(std::launch::async, [&] { return client.Wait("operations/held/0123", 100ms); });
    upstream.WaitForRequest();  // Never answered.
    upstream.WaitForClose();
    upstream.Close();
    auto outcome = waited.get();
    ASSERT_FALSE(outcome.ok()) << "nothing was seen";
    EXPECT_EQ(outcome.error().code, grpc::StatusCode::DEADLINE_EXCEEDED);
  }
  auto endpoints = client::ScoringClient(Options(stack, 20s)).ListEndpoints();
  ASSERT_TRUE(endpoints.ok()) << endpoints.error().message;
  for (const auto& endpoint : endpoints.value().endpoints()) {
    EXPECT_EQ(endpoint.health(), scoring::v1::Endpoint::UNKNOWN)
        << endpoint.name() << ": a wait that is shorter than the endpoint's time tells nothing";
  }
}

TEST(SlowUpstreamTest, AWaitGivesTheJobAsItWasLastSeen) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  client::BatchClient client(Options(stack, 20s));
  auto waited =
      std::async(std::launch::async, [&] { return client.Wait("operations/held/0123", 2s); });
  upstream.WaitForRequest();
  upstream.Answer(Answer(R"({"StatusCode":"Running","Results":null,"Details":"half way"})"));
  upstream.WaitForClose();
  upstream.Close();
  upstream.WaitForRequest();  // The second look is never answered.
  upstream.WaitForClose();
  auto outcome = waited.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  scoring::v1::BatchJob job;
  ASSERT_TRUE(outcome.value().metadata().UnpackTo(&job));
  EXPECT_EQ(job.state(), scoring::v1::BatchJob::RUNNING);
  EXPECT_EQ(job.details(), "half way");
}

TEST(SlowUpstreamTest, AWaitOfSeveralCallsGivesWhatAnEarlierOneSaw) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  client::BatchClient client(Options(stack, 1s));
  auto waited =
      std::async(std::launch::async, [&] { return client.Wait("operations/held/0123", 1500ms); });
  upstream.WaitForRequest();
  upstream.Answer(Answer(R"({"StatusCode":"Running","Results":null,"Details":""})"));
  upstream.WaitForClose();
  upstream.Close();
  for (int look = 0; look < 2; ++look) {  // The first call's second one, then the second call's.
    upstream.WaitForRequest();
    upstream.WaitForClose();
    upstream.Close();
  }
  auto outcome = waited.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_FALSE(outcome.value().done());
}

TEST(SlowUpstreamTest, AJobThatRanIsNotAdvisedToBeTriedAgain) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  client::BatchClient client(Options(stack, 20s));
  auto got = std::async(std::launch::async, [&] { return client.Get("operations/held/0123"); });
  upstream.WaitForRequest();
  upstream.Answer(
      Answer(R"({"StatusCode":"Failed","Details":"taskStatusCode=503. Try again in 2 seconds."})"));
  auto outcome = got.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  auto error = client::ErrorOf(outcome.value());
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_FALSE(error->retry_delay);
  EXPECT_EQ(error->metadata.at("operation"), "operations/held/0123");
}

}  // namespace
}  // namespace scoregate::e2e
