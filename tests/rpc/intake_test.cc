// How much of a read is digested in one step.
#include "gateway/rpc/http2/intake.h"

#include <gtest/gtest.h>

namespace scoregate::rpc {
namespace {

TEST(Intake, APieceEndsWithItsHeadsOrItsFields) {
  struct Case {
    const char* name;
    bool has_resets;
    int fields_a_head;
    int taken;  // Fields, the last of which is one too many.
  };
  const Case cases[] = {
      {"heads of one field", false, 1, 33},        {"heads as they mostly are", false, 10, 321},
      {"heads with more", false, 50, 501},         {"one head of many fields", false, 10'000, 501},
      {"heads of who resets calls", true, 10, 81}, {"one head of theirs", true, 10'000, 501},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    Intake intake;
    const std::size_t size = intake.buffer().size();
    intake.Begin(size);
    for (int piece = 0; piece < 2; ++piece) {
      intake.BeginPiece(row.has_resets);
      int taken = 1;
      while (intake.TakeField((taken - 1) % row.fields_a_head == 0)) ++taken;
      EXPECT_EQ(taken, row.taken);
      EXPECT_FALSE(intake.Digested(1)) << "more may be left";
    }
    intake.BeginPiece(row.has_resets);
    EXPECT_TRUE(intake.Digested(1)) << "that was no whole piece";
    EXPECT_EQ(intake.left().size(), size - 3);
  }
}

}  // namespace
}  // namespace scoregate::rpc
