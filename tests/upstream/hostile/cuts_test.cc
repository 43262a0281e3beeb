// The connection ends at every byte of a typical answer, by FIN and by RST.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/upstream/hostile/play.h"

namespace scoregate::upstream::hostile {
namespace {

enum class End { kClose, kReset };

struct Typical {
  const char* name;
  std::string bytes;
  /// Where it has no length, an orderly end ends it from here on.
  std::size_t ended_by_close_from = std::string::npos;
};

const std::string kFields =
    "Content-Type: application/json\r\nServer: kestrel\r\nx-ms-request-id: 1\r\n";

std::vector<Typical> TypicalAnswers() {
  const std::string open = Ok(kFields + "\r\n");
  return {
      {"length", Ok(kFields + kLength + "\r\n" + kGood)},
      {"chunks",
       Ok(kFields + kChunked + "\r\n7\r\n{\"Resul\r\n7;a=b\r\nts\":{}}\r\n0\r\nA: b\r\n\r\n")},
      {"until the end", open + kGood, open.size()},
      {"interim first", "HTTP/1.1 100 Continue\r\n\r\n" + Ok(kLength + "\r\n" + kGood)},
      {"error", "HTTP/1.1 503 X\r\n" + kFields + "Content-Length: 4\r\n\r\nbusy"},
  };
}

struct Cut {
  Typical answer;
  std::size_t at;
  End end;
};

std::vector<Cut> AllCuts() {
  std::vector<Cut> cuts;
  for (const Typical& answer : TypicalAnswers()) {
    for (std::size_t at = 0; at < answer.bytes.size(); ++at) {
      cuts.push_back({answer, at, End::kClose});
      cuts.push_back({answer, at, End::kReset});
    }
  }
  return cuts;
}

Shape ShapeOf(const Cut& cut) {
  const bool reset = cut.end == End::kReset;
  support::Script script = support::Script().ReadRequest();
  if (cut.at > 0) script.Write(cut.answer.bytes.substr(0, cut.at));
  reset ? script.Reset() : script.Close();
  const std::string how = reset ? "Connection reset by peer" : "it was closed";
  Expected expected = cut.at == 0 ? BrokeBefore(how) : BrokeInside(how);
  if (!reset && cut.at >= cut.answer.ended_by_close_from) {
    // Nobody can see from here that it is cut: its JSON says so.
    expected = NoSuccess(cut.answer.bytes.substr(cut.answer.ended_by_close_from,
                                                 cut.at - cut.answer.ended_by_close_from),
                         Fate::kClosed);
  }
  return {std::string(cut.answer.name) + (reset ? " reset at " : " closed at ") +
              std::to_string(cut.at),
          script, expected, ""};
}

TEST(Cuts, AtEveryByteAreTold) {
  std::vector<Shape> shapes;
  for (const Cut& cut : AllCuts()) shapes.push_back(ShapeOf(cut));
  ASSERT_GE(shapes.size(), 500u);
  const Trust trust;
  const std::vector<Found> found = PlayAll(shapes, trust);
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Expected& expected = shapes[i].expected;
    EXPECT_EQ(found[i].outcome, expected.outcome) << shapes[i].name;
    EXPECT_EQ(found[i].status, expected.status) << shapes[i].name;
    EXPECT_EQ(RetryName(found[i].retry), RetryName(expected.retry)) << shapes[i].name;
    EXPECT_EQ(found[i].connection, FateName(expected.fate)) << shapes[i].name;
  }
}

}  // namespace
}  // namespace scoregate::upstream::hostile
