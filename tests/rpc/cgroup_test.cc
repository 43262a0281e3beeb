// What a container may have, as the system shows it.
#include "gateway/lane/cgroup.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace scoregate::lane {
namespace {

struct File {
  std::string path;
  std::string text;
};

std::string Root(const std::vector<File>& files) {
  static int count = 0;
  const std::filesystem::path root =
      std::filesystem::path(testing::TempDir()) / ("cgroup" + std::to_string(++count));
  std::filesystem::remove_all(root);
  for (const File& file : files) {
    std::filesystem::create_directories((root / file.path).parent_path());
    std::ofstream(root / file.path) << file.text << "\n";
  }
  return root.string();
}

TEST(Cgroup, SaysWhatMayBeUsed) {
  struct Case {
    const char* name;
    std::vector<File> files;
    std::optional<std::size_t> cpus;
    std::optional<std::uint64_t> memory;
  };
  const Case cases[] = {
      {"no cgroup", {}, std::nullopt, std::nullopt},
      {"2, limited", {{"cpu.max", "150000 100000"}, {"memory.max", "268435456"}}, 2, 268435456},
      {"2, not limited", {{"cpu.max", "max 100000"}, {"memory.max", "max"}}, {}, {}},
      {"1, limited",
       {{"cpu/cpu.cfs_quota_us", "100000"},
        {"cpu/cpu.cfs_period_us", "100000"},
        {"memory/memory.limit_in_bytes", "1048576"}},
       1,
       1048576},
      {"1, not limited",
       {{"cpu/cpu.cfs_quota_us", "-1"},
        {"cpu/cpu.cfs_period_us", "100000"},
        {"memory/memory.limit_in_bytes", "9223372036854771712"}},
       {},
       {}},
      {"what cannot be read", {{"cpu.max", "x y"}, {"memory.max", "-5"}}, {}, {}},
  };
  for (const Case& row : cases) {
    SCOPED_TRACE(row.name);
    const std::string root = Root(row.files);
    EXPECT_EQ(CpuQuota(root), row.cpus);
    EXPECT_EQ(MemoryLimit(root), row.memory);
  }
}

}  // namespace
}  // namespace scoregate::lane
