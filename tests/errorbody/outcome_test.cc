// Every row through translation: the reason, class, code, violations and retry advice that it
// gives.
#include <gtest/gtest.h>

#include <optional>

#include "gateway/errorbody/read.h"
#include "tests/errorbody/cases.h"

namespace scoregate::errorbody {
namespace {

TEST(Outcome, EveryRowGivesWhatItSays) {
  for (const Case& test : Cases()) {
    const ReportedError error = Read(ResponseOf(test), test.kind, std::nullopt);
    EXPECT_EQ(Outcome(error, test.kind), test.outcome) << test.name;
  }
}

}  // namespace
}  // namespace scoregate::errorbody
