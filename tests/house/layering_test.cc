// ARCHITECTURE.md's table of rooms is true: includes go down only, libraries stay in their rooms.
#include "tests/house/layering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace scoregate::house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream stream(path);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<SourceFile> GatewaySources() {
  std::vector<SourceFile> files;
  std::filesystem::path gateway = std::filesystem::path(SCOREGATE_SOURCE_DIR) / "gateway";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(gateway)) {
    std::string extension = entry.path().extension();
    if (extension != ".cc" && extension != ".h") continue;
    std::filesystem::path relative = std::filesystem::relative(entry.path(), gateway);
    // main.cc and the precompiled header belong to the rooms that use them.
    if (relative.filename() == "asio_pch.h" || relative.filename() == "asio.cc") continue;
    std::string room = relative.has_parent_path() ? relative.begin()->string() : "cli";
    files.push_back({room, "gateway/" + relative.string(), ReadFile(entry.path())});
  }
  return files;
}

TEST(Layering, TheTableInArchitectureIsTrue) {
  std::map<std::string, Room> rooms =
      ReadRooms(ReadFile(std::filesystem::path(SCOREGATE_SOURCE_DIR) / "ARCHITECTURE.md"));
  ASSERT_GE(rooms.size(), 17u) << "the table of rooms was not found";
  std::vector<SourceFile> files = GatewaySources();
  ASSERT_GE(files.size(), 50u);
  EXPECT_THAT(CheckLayering(rooms, files), IsEmpty());
}

constexpr char kPage[] = R"(
| room | floor | may include | libraries | what lives there |
|---|---|---|---|---|
| low | ground | - | absl | x |
| high | first | ground | asio | y |
)";

TEST(Layering, ReadsTheTable) {
  std::map<std::string, Room> rooms = ReadRooms(kPage);
  ASSERT_EQ(rooms.size(), 2u);
  EXPECT_EQ(rooms["high"].may_include, std::set<std::string>{"low"});
  EXPECT_EQ(rooms["low"].libraries, std::set<std::string>{"absl"});
}

TEST(Layering, FindsWhatItIsThereToFind) {
  struct Case {
    const char* name;
    std::vector<SourceFile> files;
    std::vector<std::string> findings;
  };
  const SourceFile low{"low", "low.cc", "#include <vector>\n#include <absl/time/time.h>\n"};
  const SourceFile high{"high", "high.cc", "#include \"gateway/low/low.h\"\n"};
  const std::vector<Case> cases = {
      {"all is well", {low, high}, {}},
      {"upward include",
       {{"low", "low.cc", "#include \"gateway/high/high.h\"\n"}, high},
       {"low.cc: 'low' may not include 'high'"}},
      {"a library of another room",
       {{"low", "low.cc", "  # include <boost/asio.hpp>\n"}, high},
       {"low.cc: 'low' may not use library 'asio'"}},
      {"stubs of libgrpc",
       {{"low", "low.cc", "#include \"scoring/v1/scoring.grpc.pb.h\"\n"}, high},
       {"low.cc: 'low' may not use library 'grpc'"}},
      {"messages are open to all",
       {{"low", "low.cc", "#include \"scoring/v1/scoring.pb.h\"\n"}, high},
       {}},
      {"a folder without a row",
       {low, high, {"attic", "attic.cc", ""}},
       {"attic.cc: room 'attic' has no row in ARCHITECTURE.md"}},
      {"a row without a folder", {low}, {"the row 'high' has no room"}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(CheckLayering(ReadRooms(kPage), c.files), c.findings) << c.name;
  }
}

TEST(Layering, FindsACycleInTheTable) {
  std::map<std::string, Room> rooms;
  rooms["a"] = Room{"ground", {"b"}, {}};
  rooms["b"] = Room{"ground", {"a"}, {}};
  EXPECT_THAT(CheckLayering(rooms, {{"a", "a.cc", ""}, {"b", "b.cc", ""}}),
              ElementsAre("the table has a cycle through 'b' and 'a'"));
}

}  // namespace
}  // namespace scoregate::house
