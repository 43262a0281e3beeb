// The progress of a long file, as a terminal shows it.
#include "client/scorectl/progress_line.h"

#include <gtest/gtest.h>

namespace scoregate::scorectl {
namespace {

TEST(ProgressLine, ShowsHowFarTheFileIs) {
  struct Case {
    std::size_t done;
    std::optional<std::size_t> size;
    const char* line;
    const char* why;
  };
  const Case cases[] = {
      {0, 1000, "[--------------------]   0%  7 rows scored", "nothing is done"},
      {250, 1000, "[#####---------------]  25%  7 rows scored", "a quarter"},
      {999, 1000, "[###################-]  99%  7 rows scored", "never full before the end"},
      {1000, 1000, "[####################] 100%  7 rows scored", "all of it"},
      {2000, 1000, "[####################] 100%  7 rows scored", "the file has grown"},
      {5, std::nullopt, "7 rows scored", "standard input has no size"},
      {5, 0, "7 rows scored", "neither has a pipe that has a name"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(ProgressLine(ShareDone(row.done, row.size), 7), row.line) << row.why;
  }
}

TEST(ProgressLine, CountsWhatFailed) {
  EXPECT_EQ(ProgressLine(std::nullopt, 7, 3), "7 rows scored, 3 failed");
}

TEST(RetryLine, SaysWhatFailedAndWhenItGoesOn) {
  struct Case {
    const char* reason;
    std::chrono::milliseconds delay;
    std::optional<int> max_attempts;
    const char* line;
  };
  const std::vector<Case> cases = {
      {"UPSTREAM_UNREACHABLE", std::chrono::milliseconds(2134), 4,
       "UNAVAILABLE UPSTREAM_UNREACHABLE; again in 2.1 s, attempt 2 of 4"},
      {"", std::chrono::milliseconds(960), std::nullopt, "UNAVAILABLE; again in 1.0 s, attempt 2"},
  };
  for (const Case& c : cases) {
    client::ScoreError error;
    error.code = grpc::StatusCode::UNAVAILABLE;
    error.reason = c.reason;
    EXPECT_EQ(RetryLine(client::Retry{error, c.delay, 2, c.max_attempts}), c.line);
  }
}

}  // namespace
}  // namespace scoregate::scorectl
