// Files that a command line names: whole where they can be read, else a usage error that says why.
#include "gateway/usage/named_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace scoregate::usage {
namespace {

TEST(NamedFile, IsReadWithAllItsBytes) {
  const std::string path = testing::TempDir() + "named_file";
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += static_cast<char>(i % 256);
  std::ofstream(path, std::ios::binary) << bytes;
  EXPECT_EQ(ReadFile("--body", path), bytes);
  EXPECT_EQ(ReadFileOrInput("--body", path), bytes);
  std::ifstream opened = OpenFile("--body", path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(opened), {}), bytes);
  std::filesystem::remove(path);
  EXPECT_EQ(ReadFile("--body", "/dev/null"), "");
}

TEST(NamedFile, IsRefusedInTheNameOfItsOption) {
  struct Case {
    std::string path;
    std::string says;
  };
  const std::string directory = std::filesystem::temp_directory_path();
  const Case cases[] = {
      {directory, "--body: '" + directory + "' is a directory; name a file"},
      {"/no/such/file", "--body: '/no/such/file' cannot be read: No such file or directory"},
      {"", "--body: '' cannot be read: No such file or directory"},
      {"/proc/self/mem", "--body: '/proc/self/mem' cannot be read to its end"},
  };
  for (const Case& c : cases) {
    try {
      ReadFile("--body", c.path);
      ADD_FAILURE() << c.path;
    } catch (const CLI::ValidationError& error) {
      EXPECT_EQ(error.what(), c.says);
    }
  }
}

}  // namespace
}  // namespace scoregate::usage
