// How the code reads, as far as a program can tell: sizes, banned calls with what to use instead,
// and what must never be committed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace scoregate::house {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;
  std::vector<std::string> lines;
};

std::vector<std::string> ReadLines(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<Source> Sources(const std::vector<std::string>& folders) {
  std::vector<Source> sources;
  for (const std::string& folder : folders) {
    fs::path root = fs::path(SCOREGATE_SOURCE_DIR) / folder;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      std::string extension = entry.path().extension();
      if (extension != ".cc" && extension != ".h") continue;
      sources.push_back(
          {fs::relative(entry.path(), SCOREGATE_SOURCE_DIR).string(), ReadLines(entry.path())});
    }
  }
  return sources;
}

/// A pattern that must not stand in a line of code, and what to write instead. Only lines that hold
/// the literal are matched: std::regex is slow.
struct Ban {
  const char* literal;
  const char* pattern;
  const char* instead;
  /// Only below this folder; everywhere where empty.
  const char* folder = "";
};

// GCC 12 destroys an unnamed aggregate inside a co_await expression twice, and lays out the frame
// wrongly where co_await stands in a condition.
constexpr Ban kBans[] = {
    {"co_await", R"(co_await [^;]*\((?:[^()]*, *)?\{)", "name the braced object first"},
    {"co_await", R"(co_await [^;]*[^_\w]([A-Z]\w*)\{)", "name the aggregate first"},
    {"co_await", R"(\b(if|while) \(!?co_await)", "name the value that is awaited first"},
    {"regex", R"(\bstd::regex\b)", "a hand-written scan: std::regex recurses on its input"},
    {"Mutex", R"(\babsl::Mutex\b)", "std::mutex: absl::Mutex reports false races under TSan"},
    {"using", R"(\busing namespace\b)", "a using-declaration or an alias"},
    // scorectl may: it reads what its own user wrote.
    {"Json", R"(\bJsonStringToMessage\b)", "simdjson: protobuf takes seconds for brackets",
     "gateway/"},
    {"(", R"(\b(strtok|sprintf|strcpy|strcat|atoi|atof)\()", "the std:: or absl:: way"},
    {"sleep", R"(\bsleep_for\()", "a timer or a condition; nothing waits by sleeping"},
    {"TODO", R"(\bTODO\b)", "doing it now, or an issue"},
};

std::string WithoutComment(const std::string& line) {
  std::size_t comment = line.find("//");
  return comment == line.npos || line.find("http") < comment ? line : line.substr(0, comment);
}

std::vector<std::string> FindBanned(const std::vector<Source>& sources) {
  std::vector<std::string> findings;
  for (const Ban& ban : kBans) {
    std::regex pattern(ban.pattern);
    for (const Source& source : sources) {
      if (!source.path.starts_with(ban.folder)) continue;
      for (std::size_t i = 0; i < source.lines.size(); ++i) {
        if (source.lines[i].find(ban.literal) == std::string::npos) continue;
        if (!std::regex_search(WithoutComment(source.lines[i]), pattern)) continue;
        findings.push_back(source.path + ":" + std::to_string(i + 1) + ": " + source.lines[i] +
                           " -- use instead: " + ban.instead);
      }
    }
  }
  return findings;
}

TEST(Style, NoBannedCall) {
  EXPECT_THAT(FindBanned(Sources({"gateway", "client"})), testing::IsEmpty());
}

TEST(Style, TheBansFindWhatTheyBan) {
  const std::vector<std::string> bad = {
      "  auto x = co_await client.Exchange({.a = 1});",
      "  auto x = co_await Exchange(Options{.a = 1});",
      "    if (!co_await signal.Wait()) break;",
      "  std::regex pattern(text);",
      "  absl::Mutex mutex;",
      "using namespace std;",
      "  JsonStringToMessage(a, &b);",
      "  int x = atoi(text);",
      "  std::this_thread::sleep_for(1s);",
      "  int x;  TODO",
  };
  for (const std::string& line : bad) {
    EXPECT_EQ(FindBanned({{"gateway/x.cc", {line}}}).size(), 1u) << line;
  }
  EXPECT_THAT(FindBanned({{"x.cc", {"  auto x = co_await client.Exchange(request, options);"}}}),
              testing::IsEmpty());
}

// Data tables are as long as what they list.
bool IsDataTable(const std::string& path) {
  return path == "gateway/catalogue/catalogue.cc" || path == "gateway/emulator/iris_model.cc";
}

TEST(Style, FilesKeepTheirSize) {
  constexpr std::size_t kMaxHeaderLines = 150;
  constexpr std::size_t kMaxSourceLines = 400;
  constexpr std::size_t kMaxMainLines = 60;
  for (const Source& source : Sources({"gateway", "client"})) {
    if (IsDataTable(source.path)) continue;
    std::size_t most = source.path.ends_with(".h") ? kMaxHeaderLines : kMaxSourceLines;
    if (source.path == "gateway/main.cc") most = kMaxMainLines;
    EXPECT_LE(source.lines.size(), most) << source.path << ": split it by meaning";
  }
}

TEST(Style, FoldersKeepTheirSize) {
  constexpr std::size_t kMaxPairs = 8;
  std::map<fs::path, std::vector<std::string>> pairs;
  for (const Source& source : Sources({"gateway", "client"})) {
    const fs::path path(source.path);
    const bool has_header = fs::exists(fs::path(SCOREGATE_SOURCE_DIR) / path.parent_path() /
                                       (path.stem().string() + ".h"));
    if (path.extension() == ".cc" && has_header) {
      pairs[path.parent_path()].push_back(path.stem().string());
    }
  }
  for (const auto& [folder, names] : pairs) {
    EXPECT_LE(names.size(), kMaxPairs)
        << folder << ": split it by meaning: " << testing::PrintToString(names);
  }
}

TEST(Style, LinesAndFirstLines) {
  constexpr std::size_t kMaxColumns = 100;
  for (const Source& source : Sources({"gateway", "client", "tests"})) {
    ASSERT_FALSE(source.lines.empty()) << source.path;
    if (source.path.ends_with(".h")) {
      EXPECT_TRUE(source.lines[0].starts_with("// ")) << source.path << ": say what is found here";
      EXPECT_NE(std::ranges::find(source.lines, "#pragma once"), source.lines.end()) << source.path;
    }
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      // Columns are characters, not bytes: texts in other languages are longer in bytes.
      auto continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
      std::size_t bytes = source.lines[i].size();
      std::size_t columns =
          bytes - static_cast<std::size_t>(std::ranges::count_if(source.lines[i], continuation));
      bool raw_text = source.path.starts_with("tests/") || IsDataTable(source.path);
      EXPECT_TRUE(raw_text || columns <= kMaxColumns) << source.path << ":" << i + 1;
    }
  }
}

TEST(Style, PagesKeepTheirSize) {
  fs::path root(SCOREGATE_SOURCE_DIR);
  EXPECT_LE(ReadLines(root / "README.md").size(), 120u);
  EXPECT_LE(ReadLines(root / "ARCHITECTURE.md").size(), 150u);
}

}  // namespace
}  // namespace scoregate::house
