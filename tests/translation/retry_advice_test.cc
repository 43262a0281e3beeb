// RetryInfo and pushback (I4, contract 2.5).
#include "gateway/translation/rules/retry_advice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

using enum grpcwire::Code;
using std::chrono::milliseconds;
using Delay = std::optional<milliseconds>;
using Pushback = std::optional<std::int64_t>;

constexpr milliseconds kSecond{1000};

struct Case {
  std::string name;
  RetryQuestion question;
  Delay delay;
  Pushback pushback;
  Delay unused_hint;
};

RetryQuestion Advised(grpcwire::Code code, milliseconds delay) {
  RetryQuestion question;
  question.code = code;
  question.advised = true;
  question.default_delay = delay;
  return question;
}

RetryQuestion After(std::uint32_t attempts, milliseconds delay = kSecond) {
  RetryQuestion question = Advised(kUnavailable, delay);
  question.previous_attempts = attempts;
  return question;
}

RetryQuestion Hinted(milliseconds hint) {
  RetryQuestion question = Advised(kUnavailable, kSecond);
  question.hint = hint;
  question.previous_attempts = 3;
  return question;
}

RetryQuestion Within(milliseconds deadline, milliseconds delay, double jitter) {
  RetryQuestion question = Advised(kResourceExhausted, delay);
  question.remaining_deadline = deadline;
  question.jitter_factor = jitter;
  return question;
}

RetryQuestion NotAdvised(grpcwire::Code code, Delay hint) {
  RetryQuestion question;
  question.code = code;
  question.hint = hint;
  return question;
}

TEST(Advise, Cases) {
  const std::vector<Case> cases = {
      {"the default", Advised(kUnavailable, kSecond), kSecond, 1000, {}},
      {"doubled once", After(1), milliseconds(2000), 2000, {}},
      {"doubled five times", After(5), milliseconds(32000), 32000, {}},
      {"doubling ends at 60 s", After(6), milliseconds(60000), 60000, {}},
      {"and stays there", After(4'000'000'000), milliseconds(60000), 60000, {}},
      {"5 s reach 60 s sooner", After(4, milliseconds(5000)), milliseconds(60000), 60000, {}},
      {"what a rule asks for is not cut",
       Advised(kUnavailable, milliseconds(300'000)),
       milliseconds(300'000),
       -1,
       {}},
      {"nor doubled beyond 60 s", After(3, milliseconds(300'000)), milliseconds(300'000), -1, {}},
      {"never under 0.1 s", Advised(kUnavailable, milliseconds(1)), milliseconds(100), 100, {}},
      {"a hint is kept and not doubled", Hinted(milliseconds(7000)), milliseconds(7000), 7000, {}},
      {"a hint of zero waits a little", Hinted(milliseconds(0)), milliseconds(100), 100, {}},
      {"a negative hint too", Hinted(milliseconds(-5)), milliseconds(100), 100, {}},
      {"60 s are still pushed back", Hinted(milliseconds(60000)), milliseconds(60000), 60000, {}},
      {"more are not", Hinted(milliseconds(60001)), milliseconds(60001), -1, {}},
      {"a hint ends at 24 h", Hinted(milliseconds(90'000'000)), milliseconds(86'400'000), -1, {}},
      {"a hint as large as can be", Hinted(milliseconds::max()), milliseconds(86'400'000), -1, {}},
      {"time enough", Within(milliseconds(5000), kSecond, 1.0), kSecond, 1000, {}},
      {"just enough", Within(milliseconds(1000), kSecond, 1.0), kSecond, 1000, {}},
      {"too little time", Within(milliseconds(999), kSecond, 1.0), kSecond, -1, {}},
      {"the jitter takes it over", Within(milliseconds(1000), kSecond, 1.1), kSecond, -1, {}},
      {"no time left", Within(milliseconds(-3), kSecond, 1.0), kSecond, -1, {}},
      {"jitter", Within(milliseconds(9000), kSecond, 1.2), kSecond, 1200, {}},
      {"jitter is at most 1.2", Within(milliseconds(9000), kSecond, 7), kSecond, 1200, {}},
      {"and at least 1.0", Within(milliseconds(9000), kSecond, 0.1), kSecond, 1000, {}},
      {"and a number", Within(milliseconds(9000), kSecond, std::nan("")), kSecond, 1000, {}},
      {"not advised, but a policy would retry", NotAdvised(kUnavailable, {}), {}, -1, {}},
      {"a quota that no wait mends", NotAdvised(kResourceExhausted, kSecond), {}, -1, kSecond},
      {"another code has no pushback", NotAdvised(kInternal, {}), {}, {}, {}},
      {"a hint without use", NotAdvised(kInternal, kSecond), {}, {}, kSecond},
      {"advice that the code forbids", Advised(kInternal, kSecond), {}, {}, {}},
      {"for every other code", Advised(kDeadlineExceeded, kSecond), {}, {}, {}},
  };
  for (const Case& c : cases) {
    RetryAdvice advice = Advise(c.question);
    EXPECT_EQ(advice.delay, c.delay) << c.name;
    EXPECT_EQ(advice.pushback_ms, c.pushback) << c.name;
    EXPECT_EQ(advice.unused_hint, c.unused_hint) << c.name;
  }
}

// The job is submitted and not started: the same call again would submit a second one.
TEST(Translate, ACallThatLeavesAnOperationBehindIsNotMadeAgain) {
  CallFacts facts = FactsOf(http::UpstreamKind::kClassic);
  facts.call = http::CallKind::kCreateBatchJob;
  facts.operation = "operations/churn/1";
  facts.work_done = true;
  const errorbody::ReportedError throttled =
      Classic("ServiceUnavailable", "RequestThrottled", "throttled");
  const http::Fault unreachable(http::FaultKind::kConnectFailed, "could not connect");
  for (const Translation& failed : {Translate(throttled, facts), Translate(unreachable, facts)}) {
    EXPECT_FALSE(HasDetail(failed.Status(), "RetryInfo")) << failed.rule;
    EXPECT_EQ(failed.pushback_ms, -1) << failed.rule;
    EXPECT_EQ(MetadataOf(failed.Status(), "operation"), "operations/churn/1") << failed.rule;
  }
  facts.work_done = false;
  const google::rpc::Status only_asked = Translate(throttled, facts).Status();
  EXPECT_TRUE(HasDetail(only_asked, "RetryInfo"));
  EXPECT_EQ(MetadataOf(only_asked, "operation"), "operations/churn/1");
}

TEST(HintOf, HeaderThenBodyThenProse) {
  errorbody::ReportedError error;
  EXPECT_EQ(HintOf(error), std::nullopt);
  error.prose_retry_delay = milliseconds(3);
  EXPECT_EQ(HintOf(error), milliseconds(3));
  error.body_retry_delay = milliseconds(2);
  EXPECT_EQ(HintOf(error), milliseconds(2));
  error.header_retry_delay = milliseconds(1);
  EXPECT_EQ(HintOf(error), milliseconds(1));
}

}  // namespace
}  // namespace scoregate::translation
