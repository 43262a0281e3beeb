// The pauses between the looks of one waiting call.
#include "gateway/service/batch/poll_pace.h"

#include <gtest/gtest.h>

#include <vector>

namespace scoregate::service {
namespace {

using std::chrono::milliseconds;

std::vector<milliseconds::rep> Pauses(double chance, std::size_t count) {
  PollPace pace;
  std::vector<milliseconds::rep> pauses;
  for (std::size_t i = 0; i < count; ++i) pauses.push_back(pace.Next(chance).count());
  return pauses;
}

TEST(PollPace, GrowsToItsCapAndStaysThere) {
  using Row = std::vector<milliseconds::rep>;
  EXPECT_EQ(Pauses(0, 10), (Row{500, 750, 1125, 1687, 2531, 3796, 5695, 8542, 10'000, 10'000}))
      << "in full";
  EXPECT_EQ(Pauses(1, 10), (Row{375, 562, 843, 1265, 1898, 2847, 4271, 6407, 7500, 7500}))
      << "cut by a quarter; what was cut off does not slow the growth";
}

TEST(PollPace, ChanceSpreadsEachPauseAndNeverBeyondTheCap) {
  const std::vector<milliseconds::rep> longest = Pauses(0, 40);
  const std::vector<milliseconds::rep> shortest = Pauses(1, 40);
  for (double chance : {0.01, 0.25, 0.5, 0.75, 0.99}) {
    const std::vector<milliseconds::rep> pauses = Pauses(chance, 40);
    for (std::size_t i = 0; i < pauses.size(); ++i) {
      EXPECT_LT(shortest[i], pauses[i]) << chance << " pause " << i;
      EXPECT_LT(pauses[i], longest[i]) << chance << " pause " << i;
      EXPECT_LE(pauses[i], kLongestPollPause.count());
    }
  }
}

}  // namespace
}  // namespace scoregate::service
