// scorectl score --chunk where something goes wrong: what is written stays, what is not is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHeader = "sepal length,sepal width,petal length,petal width\n";
constexpr const char* kFlower = "5,3,1,0.2\n";

std::string Flowers(int rows) {
  std::string csv = kHeader;
  for (int i = 0; i < rows; ++i) csv += kFlower;
  return csv;
}

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

class ChunksTest : public ::testing::Test {
 protected:
  // `line` is for bash; SCORE stands for scorectl score.
  Finished Bash(const Stack& stack, std::string line) const {
    const std::string word = "SCORE";
    line.replace(line.find(word), word.size(),
                 Program("scorectl") + " --address " + stack.gateway_address() + " score");
    return RunToEnd({"/bin/bash", "-c", line});
  }
  Finished Bash(const std::string& line) const { return Bash(stack_, line); }

  const std::string refused_ =
      "- name: refused\n  dialect: CLASSIC\n  url: http://EMULATOR/workspaces/ws/services/iris\n"
      "  api_key: {env: E2E_WRONG_KEY}\n";
  Stack stack_;
};

TEST_F(ChunksTest, WhatNoTableCanEscapeEndsTheRun) {
  const std::string rows =
      " --input input1=" + WriteFile("escape.csv", Flowers(300)) + " --chunk 1 --parameter raise=";
  struct Case {
    const char* name;
    std::string words;
    int exit_code;
    const char* says;
  };
  const std::vector<Case> cases = {
      {"an unknown endpoint", "nope" + rows + "x", 64 + 5, "row 1: error: NOT_FOUND"},
      {"a refused key", "iris" + rows + "status/401", 64 + 16, "row 1: error: UNAUTHENTICATED"},
      {"a forbidden one", "iris" + rows + "status/403", 64 + 7, "row 1: error: PERMISSION_DENIED"},
      {"a method that is not there", "opaque" + rows + "x", 64 + 12, "row 1: error: UNIMPLEMENTED"},
  };
  for (const Case& c : cases) {
    Finished run = Bash("SCORE " + c.words);
    EXPECT_EQ(run.exit_code, c.exit_code) << c.name << run.err;
    EXPECT_EQ(run.out, "") << c.name;
    EXPECT_THAT(run.err, HasSubstr(c.says)) << c.name;
    EXPECT_THAT(run.err, HasSubstr("0 rows scored, 1 rows failed\n"
                                   "No other table can escape that, so the rows from 2 on were not "
                                   "sent.\n"))
        << c.name;
  }
  Finished whole =
      Bash("SCORE nope --chunk 300 --input input1=" + WriteFile("escape.csv", Flowers(300)));
  EXPECT_THAT(whole.err, Not(HasSubstr("were not sent"))) << "there was no other table";
}

TEST_F(ChunksTest, FailedRowsLieInAFileToBeScoredAgain) {
  const std::string file = WriteFile(
      "mixed.csv", std::string(kHeader) + "5,3,1,0.2\n5,x,1,0.20\n5,y,1,0.2\n5,3,1,0.2\n6,3,5,2\n");
  const std::string failed = WriteFile("failed.csv", "of an older run\n");
  Finished run =
      Bash("SCORE iris --chunk 1 --number --input input1=" + file + " --failed " + failed);
  EXPECT_EQ(run.exit_code, 64 + 3);
  EXPECT_EQ(Read(failed), std::string(kHeader) + "5,x,1,0.20\n5,y,1,0.2\n");
  EXPECT_THAT(run.out,
              testing::MatchesRegex("row,[^\n]*\n1,[^\n]*\n4,[^\n]*\n5,[^\n]*virginica\n"));
  EXPECT_THAT(run.err, HasSubstr("row 2: error: INVALID_ARGUMENT INPUT_PARSE_ERROR\n"));
  EXPECT_THAT(run.err, HasSubstr("row 2, column 'sepal width': \"x\" is not"))
      << "counted in the file, not in the table";
  EXPECT_THAT(run.err, HasSubstr("\nrows 2 to 3: INVALID_ARGUMENT INPUT_PARSE_ERROR: "));
  EXPECT_THAT(run.err, HasSubstr("3 rows scored, 2 rows failed\nthe failed rows are in " + failed +
                                 "; score them again with --input input1=" + failed + "\n"));
  Finished good = Bash("SCORE iris --chunk 2 --input input1=" + WriteFile("good.csv", Flowers(3)) +
                       " --failed " + failed);
  EXPECT_EQ(good.exit_code, 0) << good.err;
  EXPECT_EQ(Read(failed), "") << "nothing of an older run is left in it";
  struct Case {
    const char* words;
    int exit_code;
    std::string says;
  };
  const std::vector<Case> cases = {
      {"--chunk 1 --failed /nope/x", 2, "--failed: '/nope/x' cannot be written: No such file"},
      {"--chunk 1 --failed /dev/full", 3, "--failed: '/dev/full' could not be written: No space"},
      {"--failed x.csv", 2, "--failed requires --chunk"},
      {"--number", 2, "--number requires --chunk"},
  };
  for (const Case& c : cases) {
    Finished refused = Bash("SCORE iris --input input1=" + file + " " + c.words);
    EXPECT_EQ(refused.exit_code, c.exit_code) << c.words;
    EXPECT_THAT(refused.err, HasSubstr(c.says)) << c.words;
  }
  Finished itself = Bash("SCORE iris --chunk 1 --input input1=" + file + " --failed " + file);
  EXPECT_EQ(itself.exit_code, 2);
  EXPECT_THAT(itself.err, HasSubstr("is the input itself; name another file"));
  EXPECT_THAT(Read(file), HasSubstr("5,y")) << "it is not emptied";
}

TEST_F(ChunksTest, AGatewayThatOwesAnAnswerTooLongEndsTheRun) {
  const std::string rows = WriteFile("silent.csv", Flowers(10));
  Finished run = Bash("SCORE iris --timeout 300ms --chunk 2 --input input1=" + rows +
                      " --parameter raise=shape/slow=20s");
  EXPECT_EQ(run.exit_code, 64 + 4);
  EXPECT_THAT(run.err, HasSubstr("The call broke off: the rows from 1 on were not scored.\n"));
  EXPECT_THAT(run.err, HasSubstr("no answer came for 300ms (--timeout)\n"));
  Finished slow = Bash("SCORE iris --timeout 1s --chunk 2 --input input1=" + rows +
                       " --parameter raise=shape/slow=500ms");
  EXPECT_EQ(slow.exit_code, 0) << "all of it may take longer than one answer: " << slow.err;
}

// Each table takes 200 ms, so that the signal comes between answers.
TEST_F(ChunksTest, ASignalEndsTheOutputOnAWholeRowAndSaysWhereItWas) {
  const std::string rows = WriteFile("stopped.csv", Flowers(2000));
  struct Case {
    const char* signal;
    int exit_code;
  };
  for (const Case& c : {Case{"INT", 130}, Case{"TERM", 143}}) {
    Finished run = Bash("timeout --preserve-status -s " + std::string(c.signal) +
                        " 1.5 SCORE iris --chunk 2 --number --input input1=" + rows +
                        " --parameter raise=shape/slow=200ms; exit $?");
    EXPECT_EQ(run.exit_code, c.exit_code) << c.signal;
    ASSERT_TRUE(run.out.ends_with("\n")) << c.signal;
    const auto written = std::ranges::count(run.out, '\n') - 1;
    EXPECT_GT(written, 2) << c.signal;
    EXPECT_THAT(run.err, HasSubstr(std::to_string(written) +
                                   " rows scored, 0 rows failed\nstopped;"
                                   " the rows from " +
                                   std::to_string(written + 1) + " on were not scored\n"))
        << c.signal;
  }
  Finished ignored =
      Bash("trap '' INT; SCORE iris --chunk 2 --input input1=" + WriteFile("few.csv", Flowers(8)) +
           " --parameter raise=shape/slow=400ms & sleep 0.3; kill -INT $!; wait $!");
  EXPECT_EQ(ignored.exit_code, 0) << "a signal that is to be ignored stays so: " << ignored.err;
}

TEST_F(ChunksTest, AFullOutputEndsTheSending) {
  Finished run =
      Bash("SCORE iris --chunk 1 --input input1=" + WriteFile("full.csv", Flowers(2000)) +
           " --parameter raise=shape/slow=50ms >/dev/full");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.err, "standard output could not be written: No space left on device\n");
}

}  // namespace
}  // namespace scoregate::e2e
