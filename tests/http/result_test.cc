// A value or a fault: which of them is held, and that both can be moved out.
#include "gateway/http/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace scoregate::http {
namespace {

Fault SomeFault() {
  return {FaultKind::kRequestInvalid, "inputs", "Row 2 is short."};
}

TEST(Result, HoldsAValue) {
  Result<std::string> result(std::string("v"));
  EXPECT_TRUE(result.ok());
  EXPECT_TRUE(static_cast<bool>(result));
  result.value() += "w";
  EXPECT_EQ(std::as_const(result).value(), "vw");
}

TEST(Result, HoldsAFault) {
  const Result<std::string> result(SomeFault());
  EXPECT_FALSE(result.ok());
  EXPECT_FALSE(static_cast<bool>(result));
  EXPECT_EQ(result.fault().kind, FaultKind::kRequestInvalid);
  EXPECT_EQ(result.fault().field, "inputs");
  EXPECT_EQ(result.fault().text, "Row 2 is short.");
}

TEST(Result, MovesOutWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 7);
}

TEST(Result, MovesOutTheFault) {
  Result<int> result(SomeFault());
  const Fault taken = std::move(result).fault();
  EXPECT_EQ(taken.text, "Row 2 is short.");
}

TEST(Result, OfNothingIsGoodOrAFault) {
  const Result<void> good;
  EXPECT_TRUE(good.ok());
  const Result<void> bad(SomeFault());
  EXPECT_FALSE(bad.ok());
  EXPECT_EQ(bad.fault().field, "inputs");
}

}  // namespace
}  // namespace scoregate::http
