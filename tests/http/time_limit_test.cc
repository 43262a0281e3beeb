// How a sentence about time that ran out ends: which limit it was.
#include "gateway/http/time_limit.h"

#include <gtest/gtest.h>

namespace scoregate::http {
namespace {

using namespace std::chrono_literals;
using Whose = TimeLimit::Whose;

TEST(TimeLimit, IsNamedWithItsTime) {
  struct Case {
    TimeLimit limit;
    const char* named;
  };
  for (const Case& c : {
           Case{{Whose::kEndpoint, 3s}, ": after 3 s, the endpoint's timeout"},
           Case{{Whose::kEndpoint, 1500ms}, ": after 1500 ms, the endpoint's timeout"},
           Case{{Whose::kEndpoint, 90s}, ": after 90 s, the endpoint's timeout"},
           Case{{Whose::kCaller, 200ms}, ": after 200 ms, the caller's deadline"},
           Case{{Whose::kCaller, 0ms}, ": after 0 ms, the caller's deadline"},
           Case{{Whose::kWait, 5s}, ": after 5 s, the time for the wait"},
           Case{{Whose::kNobodys, 5s}, ""},
       }) {
    EXPECT_EQ(Named(c.limit), c.named);
  }
}

TEST(TimeLimit, OfACallerIsWhatTheCallerWrote) {
  struct Case {
    std::chrono::nanoseconds arrived;
    std::chrono::milliseconds told;
  };
  for (const Case& c : {
           Case{1s, 1s},
           Case{997ms, 1s},
           Case{999'871us, 1s},
           Case{29'998ms, 30s},
           Case{1'250ms, 1'250ms},
           Case{200ms, 200ms},
           Case{199'600us, 200ms},
           Case{1ns, 0ms},
       }) {
    TimeLimit limit = CallersLimit(c.arrived);
    EXPECT_EQ(limit.time, c.told) << c.arrived.count() << " ns";
    EXPECT_EQ(limit.whose, Whose::kCaller);
  }
}

}  // namespace
}  // namespace scoregate::http
