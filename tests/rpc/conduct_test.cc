// What a caller may do for nothing, and when it gets a smaller part of its lane.
#include "gateway/rpc/http2/conduct.h"

#include <gtest/gtest.h>

#include "tests/rpc/h2_peer.h"

namespace scoregate::rpc {
namespace {

constexpr lane::Clock::time_point kNow{};
constexpr std::uint32_t kCommonWindow = 65'535;

void Pings(Conduct& conduct, int count) {
  std::string bytes = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  for (int i = 0; i < count; ++i) bytes += Frame(FrameType::kPing, kNoFlags, 0, "8 bytes.");
  conduct.Read({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, kNow);
}

void Resets(Conduct& conduct, int count) {
  for (int i = 0; i < count; ++i) conduct.Reset(kNow);
}

TEST(Conduct, IsStrainedByWhatNobodyDoesWhoJustMakesCalls) {
  const struct {
    const char* name;
    void (*play)(Conduct&);
    bool strained;
  } cases[] = {
      {"nothing", [](Conduct&) {}, false},
      {"a PING now and then", [](Conduct& conduct) { Pings(conduct, 10); }, false},
      {"PINGs of half the allowance", [](Conduct& conduct) { Pings(conduct, 250); }, true},
      {"a few cancelled calls", [](Conduct& conduct) { Resets(conduct, 50); }, false},
      {"half of all resets", [](Conduct& conduct) { Resets(conduct, 101); }, true},
      {"half of all resets, and calls that were answered",
       [](Conduct& conduct) {
         Resets(conduct, 101);
         for (int i = 0; i < 50; ++i) conduct.Answered();
       },
       false},
      {"common windows", [](Conduct& conduct) { conduct.Settings(0, kCommonWindow, kNow); }, false},
      {"windows that carry a small answer",
       [](Conduct& conduct) { conduct.Settings(0, 256, kNow); }, false},
      {"windows that carry none", [](Conduct& conduct) { conduct.Settings(0, 255, kNow); }, true},
      {"windows that were made small once",
       [](Conduct& conduct) {
         conduct.Settings(0, 0, kNow);
         conduct.Settings(0, kCommonWindow, kNow);
       },
       false},
  };
  for (const auto& row : cases) {
    Conduct conduct(Limits{}, kNow);
    row.play(conduct);
    EXPECT_EQ(conduct.IsStrained(), row.strained) << row.name;
  }
}

}  // namespace
}  // namespace scoregate::rpc
