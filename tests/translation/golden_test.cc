// docs/mapping.md is the mapping: a change of the tables shows in it, or fails here.
// SCOREGATE_REWRITE_GOLDEN=1 writes the page anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "gateway/translation/mapping.h"

namespace scoregate::translation {
namespace {

constexpr char kPage[] = SCOREGATE_SOURCE_DIR "/docs/mapping.md";

TEST(GoldenPage, IsTheMapping) {
  const std::string page = GoldenPage();
  const char* rewrite = std::getenv("SCOREGATE_REWRITE_GOLDEN");
  if (rewrite != nullptr && std::string(rewrite) == "1") std::ofstream(kPage) << page;
  std::ifstream file(kPage);
  ASSERT_TRUE(file.is_open()) << kPage;
  std::stringstream committed;
  committed << file.rdbuf();
  EXPECT_EQ(committed.str(), page) << "run this test with SCOREGATE_REWRITE_GOLDEN=1";
}

TEST(GoldenPage, HasALineForEveryRow) {
  const std::string page = GoldenPage();
  for (const MappingRow& row : EnumerateRules()) {
    EXPECT_NE(page.find("| " + std::string(row.reason) + " |"), std::string::npos) << row.reason;
  }
}

}  // namespace
}  // namespace scoregate::translation
