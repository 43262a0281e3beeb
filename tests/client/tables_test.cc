// Which tables are sent, which again, and which no more.
#include "client/scorectl/chunks/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace scoregate::scorectl {
namespace {

using grpc::StatusCode;
using Kind = Tables::Step::Kind;
using namespace std::chrono_literals;

FileTable Rows(std::size_t first) {
  FileTable table;
  table.rows = {first, first};
  return table;
}

client::StreamedScore Scored(std::uint64_t number) {
  client::StreamedScore score;
  score.id = std::to_string(number);
  return score;
}

client::StreamedScore Failed(std::uint64_t number, StatusCode code, const std::string& fault = "",
                             std::optional<std::chrono::milliseconds> retry = std::nullopt) {
  client::StreamedScore score = Scored(number);
  score.error.emplace();
  score.error->code = code;
  score.error->metadata["faultDomain"] = fault;
  score.error->retry_delay = retry;
  return score;
}

std::vector<std::size_t> FirstRows(const Tables::Taken& taken) {
  std::vector<std::size_t> rows;
  for (const AnsweredTable& answered : taken.answered) rows.push_back(answered.table.rows.first);
  return rows;
}

TEST(Tables, AnswersArePrintedInTheOrderOfTheFile) {
  Tables tables(1);
  for (std::size_t row = 1; row <= 3; ++row) EXPECT_EQ(tables.Add(Rows(row)), row);
  EXPECT_THAT(FirstRows(tables.Take(Scored(3))), testing::IsEmpty());
  EXPECT_THAT(FirstRows(tables.Take(Scored(1))), testing::ElementsAre(1));
  EXPECT_THAT(FirstRows(tables.Take(Scored(1))), testing::IsEmpty()) << "answered twice";
  EXPECT_THAT(FirstRows(tables.Take(Scored(2))), testing::ElementsAre(2, 3));
}

// What every table would fail for is told by the first one alone.
TEST(Tables, NothingMoreIsSentAfterWhatNoTableCanEscape) {
  struct Case {
    StatusCode code;
    const char* fault;
    bool hopeless;
  };
  const std::vector<Case> cases = {
      {StatusCode::UNAUTHENTICATED, "GATEWAY", true},
      {StatusCode::PERMISSION_DENIED, "CALLER", true},
      {StatusCode::NOT_FOUND, "CALLER", true},
      {StatusCode::UNIMPLEMENTED, "CALLER", true},
      {StatusCode::NOT_FOUND, "MODEL", false},
      {StatusCode::INVALID_ARGUMENT, "CALLER", false},
      {StatusCode::UNAVAILABLE, "UPSTREAM", false},
  };
  for (const Case& c : cases) {
    Tables tables(1);
    tables.Add(Rows(1));
    EXPECT_EQ(tables.Take(Failed(1, c.code, c.fault)).answered.size(), 1u);
    EXPECT_EQ(tables.hopeless(), c.hopeless) << c.code << c.fault;
    EXPECT_EQ(tables.Next().kind, c.hopeless ? Kind::kEnd : Kind::kSendNext) << c.code << c.fault;
  }
}

TEST(Tables, ATableWithAdviceIsSentAgainAsOftenAsAllowed) {
  Tables tables(2);
  tables.Add(Rows(1));
  Tables::Taken first = tables.Take(Failed(1, StatusCode::UNAVAILABLE, "", 0ms));
  EXPECT_THAT(first.answered, testing::IsEmpty());
  EXPECT_EQ(first.waiting, "UNAVAILABLE; again in 0.0 s, attempt 2 of 2");
  Tables::Step again = tables.Next();
  EXPECT_EQ(again.kind, Kind::kSendAgain) << "before a second table, which has to wait";
  EXPECT_EQ(again.number, 1u);
  Tables::Taken second = tables.Take(Failed(1, StatusCode::UNAVAILABLE, "", 0ms));
  EXPECT_EQ(second.answered.size(), 1u);
  EXPECT_EQ(second.waiting, "");
}

TEST(Tables, SilenceIsCountedWhileTheGatewayOwesAnAnswer) {
  Tables tables(2);
  EXPECT_EQ(tables.Silence(), 0s) << "nothing was asked";
  tables.Add(Rows(1));
  EXPECT_GT(tables.Silence(), 0s);
  tables.Take(Failed(1, StatusCode::UNAVAILABLE, "", 0ms));
  EXPECT_EQ(tables.Silence(), 0s) << "a pause before the next attempt is our own";
  tables.Next();
  EXPECT_GT(tables.Silence(), 0s);
  tables.Take(Scored(1));
  EXPECT_EQ(tables.Silence(), 0s);
}

TEST(Tables, TheEndOfTheFileOrTheCallEndsTheSending) {
  Tables read(1);
  read.EndReading();
  EXPECT_EQ(read.Next().kind, Kind::kEnd);
  Tables over(1);
  over.Add(Rows(1));
  over.End();
  EXPECT_EQ(over.Next().kind, Kind::kEnd);
}

}  // namespace
}  // namespace scoregate::scorectl
