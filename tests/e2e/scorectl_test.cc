// scorectl as somebody on call types it: what it says of a slip, and what to type next.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr const char* kExtra =
    "- name: one\n  dialect: OPAQUE\n  url: http://EMULATOR/online/score?answer=one\n"
    "  request_shape: DATA\n  api_key: {env: E2E_KEY}\n"
    "- name: raised\n  dialect: OPAQUE\n  url: http://EMULATOR/score\n"
    "  forward_metadata: [x-raise]\n"
    "errors: {allow_debug_info: true}\n";

class ScorectlOnCall : public testing::Test {
 protected:
  Finished Run(std::vector<std::string> words) {
    words.insert(words.begin(),
                 {Program("scorectl"), "--attempts", "1", "--address", stack_.gateway_address()});
    return RunToEnd(words);
  }

  const std::string rows_ = WriteFile("two.csv",
                                      "sepal length,sepal width,petal length,petal width\n"
                                      "5.1,3.5,1.4,0.2\n6.2,2.8,4.8,1.8\n");
  Stack stack_{kExtra};
};

TEST_F(ScorectlOnCall, TellsWhatToTypeNext) {
  const std::string input = "input1=" + rows_;
  struct Case {
    std::vector<std::string> words;
    int exit_code;
    const char* says;
  };
  const std::vector<Case> cases = {
      {{"score", "iris", "--input", input, "--parameter",
        "raise=ServiceUnavailable/RequestThrottled"},
       72,
       "explain          scoregate explain ServiceUnavailable/RequestThrottled\n"},
      {{"score", "iri", "--input", input}, 69, "try              scorectl endpoints, which"},
      {{"score", "opaque", "--input", input}, 76, "try              scorectl score opaque --raw"},
      {{"score", "opaque", "--input", input, "--chunk", "1"}, 76, "scorectl score opaque --raw"},
      {{"--locale", "xx", "score", "iri", "--raw", rows_},
       69,
       "There are no texts for --locale xx; these are in en-US.\n"},
      {{"score", "iris", "--input", input, "--chunk", "1", "--output", "table"},
       2,
       "with --chunk write csv or json"},
      {{"--metadata", "x-raise=status/403", "score", "raised", "--raw", rows_},
       71,
       "fault of         whoever the key belongs to may not do this"},
      {{"--metadata", "x-scoregate-debug=1", "score", "iris", "--input", input, "--parameter",
        "raise=InternalError"},
       77,
       "debug            Internal error.\n"},
      {{"batch", "list"}, 0, "ask the endpoint itself with: scorectl batch get NAME\n"},
  };
  for (const Case& c : cases) {
    const Finished run = Run(c.words);
    EXPECT_EQ(run.exit_code, c.exit_code) << testing::PrintToString(c.words) << run.err;
    EXPECT_THAT(run.err, HasSubstr(c.says)) << testing::PrintToString(c.words);
  }
}

TEST_F(ScorectlOnCall, KnowsAnAddressThatIsNoGateways) {
  const Finished run =
      RunToEnd({Program("scorectl"), "--address", stack_.emulator_address(), "endpoints"});
  EXPECT_EQ(run.exit_code, 78);
  EXPECT_THAT(run.err, HasSubstr("speaks HTTP/1"));
  EXPECT_THAT(run.err, testing::Not(HasSubstr("--tls")));
}

TEST_F(ScorectlOnCall, WarnsWhereThereAreNotAsManyPredictionsAsRows) {
  const Finished fewer = Run({"score", "one", "--input", "input1=" + rows_});
  EXPECT_EQ(fewer.exit_code, 0);
  EXPECT_EQ(fewer.out, "output\nsetosa\n");
  EXPECT_EQ(fewer.err,
            "warning: 2 rows sent, but output 'output' has 1 row; do not match them by position\n");
  EXPECT_THAT(Run({"score", "iris", "--input", "input1=" + rows_}).err, IsEmpty());
}

TEST_F(ScorectlOnCall, ListsJobsAsTheGatewaySawThemLast) {
  const std::string job = WriteFile(
      "job.json",
      R"({"inputs":{"input1":{"connectionString":"AccountName=a","relativeLocation":"c/i.csv"}}})");
  ASSERT_EQ(Run({"batch", "submit", "iris", "--job", job}).exit_code, 0);
  EXPECT_THAT(Run({"batch", "list"}).out, StartsWith("OPERATION"));
  EXPECT_THAT(Run({"batch", "list"}).out, HasSubstr("  LAST SEEN\noperations/iris/"));
}

TEST(Emulator, TakesTheOneKeyThatItIsGiven) {
  Server emulator({Program("scoregate"), "emulator", "--address", "127.0.0.1:0", "--key", "k-1"});
  const auto address = emulator.WaitForLine("listening on ");
  ASSERT_TRUE(address);
  const auto curl = emulator.WaitForLine("try: ");
  ASSERT_TRUE(curl);
  EXPECT_THAT(*curl, HasSubstr("'http://" + *address + "/workspaces/"));
  const std::string config = WriteFile(
      "keys.yaml",
      "listeners:\n- address: 127.0.0.1:0\nendpoints:\n"
      "- name: right\n  dialect: CLASSIC\n  url: http://" +
          *address +
          "/workspaces/ws/services/iris\n  api_key: {file: " + WriteFile("right", "k-1") +
          "}\n- name: wrong\n  dialect: CLASSIC\n  url: http://" + *address +
          "/workspaces/ws/services/iris\n  api_key: {file: " + WriteFile("wrong", "k-2") + "}\n");
  Server gateway({Program("scoregate"), "serve", "--config", config});
  client::ClientOptions options;
  options.address = gateway.WaitForLine("listening on ").value_or("");
  client::ScoringClient client(options);
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("right");
  EXPECT_TRUE(client.Score(request).ok());
  request.set_endpoint("wrong");
  const auto refused = client.Score(request);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().reason, "SCORE_REQUEST_UNAUTHORIZED");
}

}  // namespace
}  // namespace scoregate::e2e
