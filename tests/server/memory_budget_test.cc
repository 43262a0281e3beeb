// What connections may hold together, by configuration and by the memory of a container.
#include "gateway/server/memory_budget.h"

#include <gtest/gtest.h>

namespace scoregate::server {
namespace {

constexpr std::uint64_t kMiB = 1 << 20;

TEST(MemoryBudget, IsWhatIsConfiguredOrWhatTheMemoryAllows) {
  struct Case {
    const char* name;
    std::optional<std::uint64_t> configured;
    std::optional<std::uint64_t> memory_limit;
    std::size_t lanes;
    std::uint64_t lane_bytes;
  };
  const Case cases[] = {
      {"nothing said", std::nullopt, std::nullopt, 2, 64 * kMiB},
      {"much memory", std::nullopt, 64 * 1024 * kMiB, 2, 64 * kMiB},
      {"a small container", std::nullopt, 256 * kMiB, 2, 8 * kMiB},
      {"a tiny one: the largest message still passes", std::nullopt, 32 * kMiB, 4, 4 * kMiB},
      {"configured: no guess goes before it", 1024 * kMiB, 256 * kMiB, 4, 256 * kMiB},
      {"configured too small for a message", 1 * kMiB, std::nullopt, 1, 4 * kMiB},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(LaneBudgetBytes(row.configured, row.memory_limit, row.lanes, 4 * kMiB),
              row.lane_bytes);
  }
}

}  // namespace
}  // namespace scoregate::server
