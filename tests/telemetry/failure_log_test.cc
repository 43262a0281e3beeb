// The store of failed calls: what is kept, what is pushed out, what is found.
#include "gateway/telemetry/failure_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scoregate::telemetry {
namespace {

FailedCall Call(std::string id, std::string endpoint = "churn") {
  FailedCall call;
  call.request_id = std::move(id);
  call.endpoint = std::move(endpoint);
  return call;
}

std::vector<std::string> Ids(const FailureLog& log, std::size_t most) {
  std::vector<std::string> ids;
  for (const FailedCall* call : log.Newest(most)) ids.push_back(call->request_id);
  return ids;
}

TEST(FailureLog, IsEmptyAtFirst) {
  FailureLog log(3);
  EXPECT_EQ(log.Find("a"), nullptr);
  EXPECT_THAT(log.Newest(10), testing::IsEmpty());
}

TEST(FailureLog, KeepsTheNewestAndPushesOutTheOldest) {
  FailureLog log(3);
  for (const char* id : {"a", "b"}) log.Add(Call(id));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("b", "a")) << "not full yet";
  for (const char* id : {"c", "d"}) log.Add(Call(id));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("d", "c", "b"));
  EXPECT_THAT(Ids(log, 2), testing::ElementsAre("d", "c"));
  EXPECT_EQ(log.Find("a"), nullptr) << "pushed out";
  ASSERT_NE(log.Find("b"), nullptr);
}

TEST(FailureLog, FindsTheNewestOfARepeatedId) {
  FailureLog log(3);
  log.Add(Call("same", "first"));
  log.Add(Call("same", "second"));
  ASSERT_NE(log.Find("same"), nullptr);
  EXPECT_EQ(log.Find("same")->endpoint, "second");
}

using std::chrono::minutes;

FailedCall Of(std::uint64_t flow, std::string id, std::chrono::seconds time = {}) {
  FailedCall call = Call(std::move(id));
  call.flow = flow;
  call.time += time;
  return call;
}

// How many of the kept calls are of that flow.
std::size_t CountOf(const FailureLog& log, std::uint64_t flow) {
  std::size_t count = 0;
  for (const FailedCall* call : log.Newest(kKeptFailures)) count += call->flow == flow ? 1 : 0;
  return count;
}

TEST(FailureLog, AFloodPushesOutItselfOnly) {
  FailureLog log;
  for (int i = 0; i < 20; ++i) log.Add(Of(1, "before-" + std::to_string(i)));
  for (int i = 0; i < 10'000; ++i) log.Add(Of(2, "flood-" + std::to_string(i)));
  for (int i = 0; i < 20; ++i) log.Add(Of(3, "after-" + std::to_string(i)));
  for (int i = 0; i < 10'000; ++i) log.Add(Of(2, "flood-" + std::to_string(i)));
  for (int i = 0; i < 20; ++i) {
    EXPECT_NE(log.Find("before-" + std::to_string(i)), nullptr) << i;
    EXPECT_NE(log.Find("after-" + std::to_string(i)), nullptr) << i;
  }
  EXPECT_EQ(log.Newest(1)[0]->request_id, "flood-9999");
  EXPECT_EQ(CountOf(log, 2), kKeptFailures - 40);
}

TEST(FailureLog, FloodsShareTheRoom) {
  FailureLog log;
  for (int i = 0; i < 10'000; ++i) log.Add(Of(1 + i % 4, std::to_string(i)));
  for (std::uint64_t flow = 1; flow <= 4; ++flow) {
    EXPECT_EQ(CountOf(log, flow), kKeptFailures / 4) << flow;
  }
}

TEST(FailureLog, OnlyTheNewestOfAFloodAreKept) {
  FailureLog log(4);
  log.Add(Of(1, "other"));
  for (const char* id : {"a", "b", "c", "d", "e"}) log.Add(Of(2, id));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("e", "d", "c", "other"));
  log.Add(Of(3, "third"));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("third", "e", "d", "other"));
}

TEST(FailureLog, WithoutAFloodTheOldestGoes) {
  FailureLog log(3);
  for (std::uint64_t flow = 1; flow <= 5; ++flow) log.Add(Of(flow, std::to_string(flow)));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("5", "4", "3"));
}

TEST(FailureLog, WhatIsOldGoesBeforeAFlood) {
  FailureLog log(3);
  log.Add(Of(1, "old"));
  log.Add(Of(2, "a", minutes(5)));
  log.Add(Of(2, "b", minutes(9)));
  log.Add(Of(2, "c", minutes(10)));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("c", "b", "old"));
  log.Add(Of(2, "d", minutes(11)));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("d", "c", "b"));
}

// A flood of callers that come once each is one flood: those who were there before stay.
TEST(FailureLog, StrangersBeyondTheMostFlowsAreOne) {
  FailureLog log;
  constexpr std::uint64_t kKnown = kMostFlows - 1;
  for (std::uint64_t flow = 1; flow <= kKnown; ++flow) {
    log.Add(Of(flow, "known-" + std::to_string(flow)));
  }
  for (std::uint64_t flow = 1000; flow < 11'000; ++flow) log.Add(Of(flow, std::to_string(flow)));
  for (std::uint64_t flow = 1; flow <= kKnown; ++flow) {
    EXPECT_NE(log.Find("known-" + std::to_string(flow)), nullptr) << flow;
  }
  EXPECT_NE(log.Find("10999"), nullptr);
  EXPECT_EQ(log.Newest(10'000).size(), kKeptFailures);
}

TEST(FailureLog, ACapacityOfNothingKeepsOne) {
  FailureLog log(0);
  log.Add(Call("a"));
  log.Add(Call("b"));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("b"));
}

}  // namespace
}  // namespace scoregate::telemetry
