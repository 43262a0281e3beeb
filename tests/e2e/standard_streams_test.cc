// The standard streams of both programs where they are full, closed, or left by their reader.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;

constexpr const char* kNoSpace = "standard output could not be written: No space left on device\n";

struct Case {
  const char* name;
  /// A line for bash, in which SCORECTL and SCOREGATE stand for the programs.
  const char* line;
  int exit_code;
  /// All that is said.
  std::string err;
};

class StandardStreamsTest : public ::testing::Test {
 protected:
  Finished Bash(std::string line) const {
    auto replace = [&](const std::string& word, const std::string& by) {
      for (auto at = line.find(word); at != line.npos; at = line.find(word, at + by.size())) {
        line.replace(at, word.size(), by);
      }
    };
    replace("SCORECTL", Program("scorectl") + " --address " + stack_.gateway_address());
    replace("SCOREGATE", Program("scoregate"));
    replace("ROWS", "--input input1=" + rows_);
    return RunToEnd({"/bin/bash", "-c", line});
  }

  Stack stack_;
  const std::string rows_ = WriteFile("flowers.csv",
                                      "sepal length,sepal width,petal length,petal width\n"
                                      "5.1,3.5,1.4,0.2\n6.3,3.3,6.0,2.5\n");
};

TEST_F(StandardStreamsTest, WhatCannotBeWrittenIsSaidAndAReaderThatLeftIsNot) {
  const std::vector<Case> cases = {
      {"a table", "SCORECTL score iris ROWS >/dev/full", 3, kNoSpace},
      {"chunks", "SCORECTL score iris ROWS --chunk 1 >/dev/full", 3, kNoSpace},
      {"what has no end", "SCORECTL health --watch >/dev/full", 3, kNoSpace},
      {"lines that do not end", "yes '{}' 2>/dev/null | SCOREGATE translate --jsonl >/dev/full", 1,
       kNoSpace},
      {"a list", "SCORECTL endpoints >/dev/full", 3, kNoSpace},
      {"the help of a client", "SCORECTL --help >/dev/full", 3, kNoSpace},
      {"a version", "SCORECTL --version >/dev/full", 3, kNoSpace},
      {"a manual page", "SCORECTL --man-page >/dev/full", 3, kNoSpace},
      {"more than a buffer", "SCOREGATE catalogue --format json >/dev/full", 3, kNoSpace},
      {"a translation", "SCOREGATE translate --status 503 >/dev/full", 3, kNoSpace},
      {"translations", "echo '{\"http_status\":503}' | SCOREGATE translate --jsonl >/dev/full", 3,
       kNoSpace},
      {"the help of the gateway", "SCOREGATE --help >/dev/full", 3, kNoSpace},
      {"a failure that was told already", "SCOREGATE explain BadArgument/Nope 2>/dev/null", 1, ""},
      {"its own failure comes first", "echo x | SCOREGATE translate --jsonl >/dev/full", 1,
       kNoSpace},
      {"an output that was closed", "SCORECTL endpoints >&-", 3,
       "standard output could not be written: Bad file descriptor\n"},
      {"nothing to write", "SCOREGATE explain Nope >&- 2>/dev/null", 1, ""},
      {"all that is closed", "SCOREGATE catalogue <&- 2>&- | head -1", 0, ""},
      {"a reader that left, killed by it",
       "env --default-signal=PIPE SCOREGATE catalogue --format markdown | true;"
       "exit ${PIPESTATUS[0]}",
       141, ""},
      {"a reader that left, with the signal ignored",
       "trap '' PIPE; SCOREGATE catalogue --format markdown | true; exit ${PIPESTATUS[0]}", 141,
       ""},
      {"an input that was closed", "SCORECTL score iris --input input1=- --chunk 9 <&-", 2,
       "standard input: no header row; the first row names the columns\n"},
      {"an input that was closed, at once", "SCORECTL score iris --raw - <&- 2>&1 | head -c 6", 0,
       ""},
  };
  for (const Case& c : cases) {
    Finished run = Bash(c.line);
    EXPECT_EQ(run.exit_code, c.exit_code) << c.name << run.err;
    EXPECT_EQ(run.err, c.err) << c.name;
  }
}

TEST_F(StandardStreamsTest, TheHelpOfBothProgramsNamesTheExitCode) {
  for (const char* line : {"SCORECTL --help", "SCOREGATE --help"}) {
    EXPECT_THAT(Bash(line).out, HasSubstr("3 standard output could not be written")) << line;
  }
}

}  // namespace
}  // namespace scoregate::e2e
