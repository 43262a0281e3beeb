// The ring of failed calls: what is kept, what is pushed out, what is found.
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

TEST(FailureLog, ACapacityOfNothingKeepsOne) {
  FailureLog log(0);
  log.Add(Call("a"));
  log.Add(Call("b"));
  EXPECT_THAT(Ids(log, 10), testing::ElementsAre("b"));
}

}  // namespace
}  // namespace scoregate::telemetry
