// Failed rows: by reason, and as a file to be scored again.
#include "client/scorectl/chunks/failed_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>

namespace scoregate::scorectl {
namespace {

client::ScoreError Error(grpc::StatusCode code, const std::string& reason,
                         const std::string& message) {
  client::ScoreError error;
  error.code = code;
  error.reason = reason;
  error.message = message;
  return error;
}

const client::ScoreError kMismatch =
    Error(grpc::StatusCode::INVALID_ARGUMENT, "INPUT_MISMATCH", "no such column");
const client::ScoreError kAway = Error(grpc::StatusCode::UNAVAILABLE, "", "away");

TEST(FailedRows, NeighborsOfOneReasonAreOneRange) {
  FailedRows failed("", "in.csv");
  failed.Add({1, 2}, kAway, {});
  failed.Add({3, 4}, kMismatch, {});
  failed.Add({5, 6}, kMismatch, {});
  failed.Add({9, 9}, kAway, {});
  failed.Add({11, 12}, kMismatch, {});
  EXPECT_EQ(failed.rows(), 9u);
  EXPECT_EQ(failed.tables(), 5u);
  EXPECT_EQ(failed.Reasons(),
            "rows 1 to 2, 9: UNAVAILABLE: away\n"
            "rows 3 to 6, 11 to 12: INVALID_ARGUMENT INPUT_MISMATCH: no such column\n");
}

TEST(FailedRows, NoneIsLeftOutHoweverManyThereAre) {
  FailedRows failed("", "in.csv");
  for (std::size_t row = 1; row < 200; row += 2) failed.Add({row, row}, kAway, {});
  EXPECT_THAT(failed.Reasons(), testing::HasSubstr(", 197, 199: UNAVAILABLE: away\n"));
}

TEST(FailedRows, TheFileHoldsThemAsTheyWereReadBelowOneHeader) {
  const std::string path = testing::TempDir() + "failed_rows.csv";
  std::ofstream(path) << "of an older run\n";
  FailedRows failed(path, "in.csv");
  const CsvRow header = {"id", "a,b"};
  failed.Add({2, 3}, kAway, {header, {"007", "TRUE"}, {"1.0", ""}});
  failed.Add({9, 9}, kMismatch, {header, {"x\"y", "two\nlines"}});
  EXPECT_EQ(failed.Finish(), "");
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}),
            "id,\"a,b\"\n007,TRUE\n1.0,\n\"x\"\"y\",\"two\nlines\"\n");
}

TEST(FailedRows, AFileThatCannotBeWrittenIsSaid) {
  EXPECT_THROW(FailedRows("/nope/failed.csv", "in.csv"), CLI::ValidationError);
  EXPECT_THROW(FailedRows("in.csv", "in.csv"), CLI::ValidationError) << "it would be emptied";
  FailedRows full("/dev/full", "in.csv");
  full.Add({1, 1}, kAway, {{"a"}, {"1"}});
  EXPECT_EQ(full.Finish(), "--failed: '/dev/full' could not be written: No space left on device");
  EXPECT_FALSE(full.written());
}

}  // namespace
}  // namespace scoregate::scorectl
