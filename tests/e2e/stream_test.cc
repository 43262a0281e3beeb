// StreamScore end to end: many tables on one call, from a grpc++ client and from the shell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <thread>

#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"
#include "tests/support/scripted_server.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;

using Answers = std::map<std::string, client::StreamedScore>;

// Sends all, then half-closes; gives the answers by id. The call has to end well.
Answers StreamAll(client::ScoringClient& client,
                  const std::map<std::string, scoring::v1::ScoreRequest>& requests) {
  auto stream = client.StreamScore();
  std::thread sender([&] {
    for (const auto& [id, request] : requests) stream->Send(id, request);
    stream->DoneSending();
  });
  Answers answers;
  while (auto answer = stream->Receive()) {
    EXPECT_FALSE(answers.contains(answer->id)) << "one answer a table";
    answers[answer->id] = *answer;
  }
  sender.join();
  EXPECT_FALSE(stream->Finish());
  return answers;
}

// An endpoint that takes as many calls at once as one stream may have in flight.
constexpr const char* kNarrow = "  limits: {max_in_flight: 16}\n";

class StreamTest : public ::testing::Test {
 protected:
  static std::string Narrow(const std::string& emulator) {
    return "- name: narrow\n  dialect: CLASSIC\n  url: http://" + emulator +
           "/workspaces/ws/services/iris\n  api_key: {env: E2E_KEY}\n" + kNarrow;
  }
  Finished Scorectl(const std::vector<std::string>& words, const std::string& input = "") {
    std::vector<std::string> command = {Program("scorectl"), "--address", stack_.gateway_address()};
    command.insert(command.end(), words.begin(), words.end());
    return RunToEnd(command, input);
  }

  Stack stack_;
  std::unique_ptr<client::ScoringClient> client_ = stack_.Client();
};

TEST_F(StreamTest, EachTableHasItsOwnAnswerOrItsOwnStatus) {
  scoring::v1::ScoreRequest without_endpoint = IrisRequest();
  without_endpoint.clear_endpoint();
  scoring::v1::ScoreRequest unknown = IrisRequest();
  unknown.set_endpoint("irsi");
  scoring::v1::ScoreRequest empty;
  empty.set_endpoint("iris");
  Answers answers = StreamAll(*client_, {{"1", IrisRequest()},
                                         {"2", IrisRequest("BadArgument/InvalidInputNames")},
                                         {"3", without_endpoint},
                                         {"4", unknown},
                                         {"5", empty},
                                         {"6", IrisRequest("ServiceUnavailable/RequestThrottled")},
                                         {"7", IrisRequest("shape/close")}});
  struct Case {
    const char* id;
    const char* reason;  // Empty: scored.
    grpc::StatusCode code;
    bool retry;
  };
  const std::vector<Case> cases = {
      {"1", "", grpc::StatusCode::OK, false},
      {"2", "INVALID_INPUT_NAMES", grpc::StatusCode::INVALID_ARGUMENT, false},
      {"3", "", grpc::StatusCode::OK, false},
      {"4", "ENDPOINT_NOT_FOUND", grpc::StatusCode::NOT_FOUND, false},
      {"5", "REQUEST_INVALID", grpc::StatusCode::INVALID_ARGUMENT, false},
      {"6", "REQUEST_THROTTLED", grpc::StatusCode::RESOURCE_EXHAUSTED, true},
      {"7", "UPSTREAM_CONNECTION_RESET", grpc::StatusCode::UNAVAILABLE, true},
  };
  ASSERT_EQ(answers.size(), cases.size());
  std::set<std::string> request_ids;
  for (const Case& c : cases) {
    const client::StreamedScore& answer = answers[c.id];
    if (std::string(c.reason).empty()) {
      EXPECT_FALSE(answer.error) << c.id;
      EXPECT_EQ(answer.response.outputs().at("output1").columns_size(), 4) << c.id;
      continue;
    }
    ASSERT_TRUE(answer.error) << c.id;
    EXPECT_EQ(answer.error->code, c.code) << c.id;
    EXPECT_EQ(answer.error->reason, c.reason) << c.id;
    EXPECT_EQ(answer.error->retry_delay.has_value(), c.retry) << c.id;
    request_ids.insert(answer.error->request_id);
  }
  EXPECT_EQ(request_ids.size(), 5u) << "each failure can be found by an id of its own";
}

TEST_F(StreamTest, AQuickTableOvertakesASlowOne) {
  auto stream = client_->StreamScore();
  ASSERT_TRUE(stream->Send("slow", IrisRequest("shape/slow=500ms")));
  ASSERT_TRUE(stream->Send("quick", IrisRequest()));
  stream->DoneSending();
  EXPECT_EQ(stream->Receive()->id, "quick");
  EXPECT_EQ(stream->Receive()->id, "slow");
  EXPECT_FALSE(stream->Receive());
  EXPECT_FALSE(stream->Finish());
}

TEST_F(StreamTest, AnEmptyStreamEndsWell) {
  auto stream = client_->StreamScore();
  stream->DoneSending();
  EXPECT_FALSE(stream->Receive());
  EXPECT_FALSE(stream->Finish());
}

TEST_F(StreamTest, NoMoreThanTheWindowIsInFlight) {
  Stack stack(Narrow(stack_.emulator_address()));
  std::map<std::string, scoring::v1::ScoreRequest> requests;
  for (int i = 0; i < 60; ++i) {
    auto& request = requests[std::to_string(i)] = IrisRequest("shape/slow=20ms");
    request.set_endpoint("narrow");
  }
  Answers answers = StreamAll(*stack.Client(), requests);
  EXPECT_EQ(answers.size(), 60u);
  for (const auto& [id, answer] : answers) {
    EXPECT_FALSE(answer.error) << id << " was one too many: " << answer.error->message;
  }
}

TEST_F(StreamTest, CancelEndsWhatIsInFlight) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  auto client = stack.Client();
  auto stream = client->StreamScore();
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("held");
  ASSERT_TRUE(stream->Send("1", request));
  upstream.WaitForRequest();
  stream.reset();  // Cancels.
  upstream.WaitForClose();
}

TEST_F(StreamTest, CancelEndsAllThatIsInFlightAndBeginsNothingMore) {
  constexpr std::size_t kWindow = 16;
  std::vector<support::Script> scripts(kWindow, support::Script().ReadRequest().WaitForClose());
  scripts.push_back(support::Script()
                        .ReadRequest()
                        .Write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                               "Connection: close\r\nContent-Length: 3\r\n\r\n[1]")
                        .Close());
  support::ScriptedServer upstream(scripts);
  Stack stack(
      "- name: many\n  dialect: ONLINE_ENDPOINT\n  request_shape: DATA\n  url: http://"
      "127.0.0.1:" +
      std::to_string(upstream.port()) + "/score\n");
  auto client = stack.Client();
  auto stream = client->StreamScore();
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("many");
  for (std::size_t i = 0; i < kWindow + 4; ++i) {
    ASSERT_TRUE(stream->Send(std::to_string(i), request));
  }
  ASSERT_TRUE(upstream.WaitForConnections(kWindow));
  for (std::size_t i = 0; i < kWindow; ++i) ASSERT_TRUE(upstream.WaitForBytes(i, 1)) << i;
  stream.reset();  // Cancels.
  for (std::size_t i = 0; i < kWindow; ++i) EXPECT_TRUE(upstream.WaitForEnd(i)) << i;
  auto after = client->Score(request);
  EXPECT_TRUE(after.ok()) << after.error().message;
  EXPECT_EQ(upstream.connections(), kWindow + 1)
      << "the tables that waited for a place are not begun once the others have gone";
}

TEST_F(StreamTest, AFileInChunksIsScoredAsTheWholeIs) {
  std::string csv = "sepal length,sepal width,petal length,petal width\n";
  for (int i = 0; i < 100; ++i) {
    csv += std::to_string(4 + i % 4) + ".5,3," + std::to_string(1 + i % 6) + ",0.2\n";
  }
  const std::string file = WriteFile("rows.csv", csv);
  Finished whole = Scorectl({"score", "iris", "--input", "input1=" + file, "--output", "csv"});
  ASSERT_EQ(whole.exit_code, 0) << whole.err;
  for (const char* rows : {"1", "7", "100", "1000"}) {
    Finished chunked = Scorectl({"score", "iris", "--input", "input1=" + file, "--chunk", rows});
    EXPECT_EQ(chunked.exit_code, 0) << rows << chunked.err;
    EXPECT_EQ(chunked.out, whole.out) << rows;
    EXPECT_EQ(chunked.err, "") << "no progress bar where nobody looks";
  }
  // Rows that come by and by from somebody who is still there when the call is over.
  const auto begun = std::chrono::steady_clock::now();
  Finished broken = RunToEnd({"/bin/bash", "-c",
                              "exec " + Program("scorectl") +
                                  " --address 127.0.0.1:1 --attempts 1 score iris --input input1=- "
                                  "--chunk 2 < <(exec sleep 30 2>/dev/null)"});
  EXPECT_EQ(broken.exit_code, 64 + 14) << broken.err;
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
  Finished piped = Scorectl({"score", "iris", "--input", "input1=-", "--chunk", "9"}, csv);
  EXPECT_EQ(piped.out, whole.out);
}

TEST_F(StreamTest, FailedChunksAreTriedAgainOrReported) {
  std::string csv = "sepal length,sepal width,petal length,petal width\n";
  for (int i = 0; i < 6; ++i) csv += "5,3,1,0.2\n";
  const std::string file = WriteFile("six.csv", csv);
  const std::vector<std::string> base = {"score",   "iris", "--input",    "input1=" + file,
                                         "--chunk", "2",    "--parameter"};
  auto with = [&](const std::string& raise) {
    std::vector<std::string> words = base;
    words.push_back("raise=" + raise);
    return words;
  };
  Finished again = Scorectl(with("status/503;retry-after=0;count=1"));
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(std::ranges::count(again.out, '\n'), 7);
  Finished failed = Scorectl(with("BadArgument/InvalidInputNames;count=1"));
  EXPECT_EQ(failed.exit_code, 64 + 3);
  EXPECT_EQ(std::ranges::count(failed.out, '\n'), 5) << "the other chunks are scored";
  EXPECT_THAT(failed.err, HasSubstr("error: INVALID_ARGUMENT INVALID_INPUT_NAMES\n"));
  EXPECT_THAT(failed.err, HasSubstr("4 rows scored, 2 rows failed\n"));
  Finished bad =
      Scorectl({"score", "iris", "--input", "input1=-", "--chunk", "1"}, "a,b\n1,2\n3\n");
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, HasSubstr("line 3 has 1 cells, the header has 2"));
}

}  // namespace
}  // namespace scoregate::e2e
