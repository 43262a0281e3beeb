// The YAML of README.md and docs is taken as it stands there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/config/loading.h"

namespace scoregate::config {
namespace {

namespace fs = std::filesystem;

// A piece of YAML of a page, and the line where it begins.
struct Piece {
  std::string place;
  std::string yaml;
};

bool BeginsYaml(std::string_view line) {
  for (std::string_view begin : {"listeners:", "endpoints:", "- address:", "- name:", "errors:"}) {
    if (line.starts_with(begin)) return true;
  }
  return false;
}

// What a page shows: between ```yaml and ```, or indented by four blanks up to an empty line.
std::vector<Piece> PiecesOf(const fs::path& page) {
  constexpr std::string_view kIndent = "    ";
  std::ifstream file(page);
  std::vector<Piece> pieces;
  bool fenced = false;
  bool indented = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    const std::string place = page.filename().string() + ":" + std::to_string(++number);
    if (line.starts_with("```")) {
      fenced = line == "```yaml";
      if (fenced) pieces.push_back({place, ""});
    } else if (fenced) {
      pieces.back().yaml += line + "\n";
    } else if (line.starts_with(kIndent)) {
      const std::string text = line.substr(kIndent.size());
      if (!indented && BeginsYaml(text)) {
        indented = true;
        pieces.push_back({place, ""});
      }
      if (indented) pieces.back().yaml += text + "\n";
    } else {
      indented = false;
    }
  }
  return pieces;
}

// Half a file is made whole by what the other half needs at least.
std::string Whole(const std::string& yaml) {
  const std::string listener = "listeners: [{address: 127.0.0.1:0}]\n";
  const std::string endpoint = "endpoints: [{name: a, dialect: OPAQUE, url: \"http://h/\"}]\n";
  std::string whole = yaml;
  if (yaml.starts_with("- address:")) whole = "listeners:\n" + yaml;
  if (yaml.starts_with("- name:")) whole = "endpoints:\n" + yaml;
  if (whole.find("endpoints:") == whole.npos) whole += endpoint;
  if (whole.find("listeners:") == whole.npos) whole += listener;
  return whole;
}

// The files and variables of an example are not here.
bool IsOfAnotherMachine(const Finding& finding) {
  return finding.text.starts_with("cannot read ") ||
         finding.text.starts_with("the environment variable ");
}

TEST(Pages, ShowYamlThatIsTaken) {
  const fs::path root = SCOREGATE_SOURCE_DIR;
  std::vector<fs::path> pages = {root / "README.md"};
  for (const auto& entry : fs::directory_iterator(root / "docs")) pages.push_back(entry.path());
  std::size_t of_readme = 0;
  std::size_t of_on_call = 0;
  for (const fs::path& page : pages) {
    const std::vector<Piece> pieces = PiecesOf(page);
    if (page.filename() == "README.md") of_readme = pieces.size();
    if (page.filename() == "on-call.md") of_on_call = pieces.size();
    for (const Piece& piece : pieces) {
      for (const Finding& finding : LoadYaml(Whole(piece.yaml)).findings) {
        EXPECT_TRUE(IsOfAnotherMachine(finding)) << piece.place << ": " << finding.text;
      }
    }
  }
  EXPECT_EQ(of_readme, 2u);
  EXPECT_EQ(of_on_call, 4u);
}

}  // namespace
}  // namespace scoregate::config
