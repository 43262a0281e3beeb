// docs/upstream-faults.md is the tables: a change of them shows in it, or fails here.
// SCOREGATE_REWRITE_GOLDEN=1 writes the page anew.
#include "tests/upstream/hostile/page.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace scoregate::upstream::hostile {
namespace {

constexpr char kPage[] = SCOREGATE_SOURCE_DIR "/docs/upstream-faults.md";

TEST(FaultsPage, IsTheTables) {
  const std::string page = Page(AllFamilies(), NetworkRows());
  const char* rewrite = std::getenv("SCOREGATE_REWRITE_GOLDEN");
  if (rewrite != nullptr && std::string(rewrite) == "1") std::ofstream(kPage) << page;
  std::ifstream file(kPage);
  ASSERT_TRUE(file.is_open()) << kPage;
  std::stringstream committed;
  committed << file.rdbuf();
  EXPECT_EQ(committed.str(), page) << "run this test with SCOREGATE_REWRITE_GOLDEN=1";
}

TEST(FaultsPage, SaysOfEveryFaultWhatToLookAt) {
  for (const Family& family : AllFamilies()) {
    for (const Shape& shape : family.shapes) {
      EXPECT_TRUE(IsExplained(shape.expected.outcome)) << shape.expected.outcome;
    }
  }
  for (const NetworkRow& row : NetworkRows()) {
    EXPECT_TRUE(IsExplained(row.patient.outcome)) << row.patient.outcome;
    EXPECT_TRUE(IsExplained(row.hurried.outcome)) << row.hurried.outcome;
  }
  EXPECT_FALSE(IsExplained("internal: the exchange hangs"));
}

}  // namespace
}  // namespace scoregate::upstream::hostile
