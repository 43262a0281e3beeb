// Every shape of the tables is played, and everything that it has to lead to is asserted.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/upstream/hostile/play.h"

namespace scoregate::upstream::hostile {
namespace {

std::vector<Shape> AllShapes() {
  std::vector<Shape> all;
  for (const Family& family : AllFamilies()) {
    for (Shape shape : family.shapes) {
      shape.name.insert(0, family.title + ": ");
      all.push_back(std::move(shape));
    }
  }
  return all;
}

TEST(Shapes, LeadToWhatTheTableSays) {
  const std::vector<Shape> shapes = AllShapes();
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

TEST(Shapes, AreManyAndEachHasItsOwnName) {
  std::set<std::string> names;
  for (const Shape& shape : AllShapes()) {
    EXPECT_TRUE(names.insert(shape.name).second) << shape.name;
    EXPECT_FALSE(shape.why.empty()) << shape.name;
  }
  EXPECT_GE(names.size(), 300u);
}

}  // namespace
}  // namespace scoregate::upstream::hostile
