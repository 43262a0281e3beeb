// Pages of operations: their order, their size, and what a token means when the list has changed.
#include "gateway/service/batch/operation_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace scoregate::service {
namespace {

using ::testing::ElementsAre;
using Page = google::longrunning::ListOperationsResponse;

ListedJob Job(int created, const std::string& name, std::size_t bytes = 0) {
  google::longrunning::Operation operation;
  operation.set_name(name);
  operation.mutable_error()->set_message(std::string(bytes, 'x'));
  return {std::chrono::steady_clock::time_point(std::chrono::seconds(created)),
          std::make_shared<const google::longrunning::Operation>(operation)};
}

Page PageAfter(const std::vector<ListedJob>& jobs, const std::string& token, std::size_t size) {
  Page page;
  FillPage(jobs, ReadPageToken(token), size, page);
  return page;
}

std::vector<std::string> Names(const Page& page) {
  std::vector<std::string> names;
  for (const auto& operation : page.operations()) names.push_back(operation.name());
  return names;
}

TEST(OperationPageTest, TheOldestComeFirstAndThoseAsOldByName) {
  const std::vector<ListedJob> jobs = {Job(2, "c"), Job(1, "z"), Job(2, "b"), Job(3, "a")};
  const Page first = PageAfter(jobs, "", 2);
  EXPECT_THAT(Names(first), ElementsAre("z", "b"));
  const Page second = PageAfter(jobs, first.next_page_token(), 2);
  EXPECT_THAT(Names(second), ElementsAre("c", "a"));
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_THAT(Names(PageAfter({}, "", 2)), ElementsAre());
}

TEST(OperationPageTest, JobsThatGoAwayShiftNothing) {
  const std::vector<ListedJob> all = {Job(1, "a"), Job(2, "b"), Job(3, "c"), Job(4, "d")};
  const std::string token = PageAfter(all, "", 2).next_page_token();
  struct Case {
    const char* name;
    std::vector<ListedJob> left;
    std::vector<std::string> page;
  };
  for (const Case& c : {
           Case{"none", all, {"c", "d"}},
           Case{"one that was shown", {all[1], all[2], all[3]}, {"c", "d"}},
           Case{"the one that the token names", {all[0], all[2], all[3]}, {"c", "d"}},
           Case{"all that were shown", {all[2], all[3]}, {"c", "d"}},
           Case{"one that comes", {all[0], all[1], all[3]}, {"d"}},
           Case{"all that come", {all[0], all[1]}, {}},
       }) {
    EXPECT_EQ(Names(PageAfter(c.left, token, 2)), c.page) << c.name;
  }
}

TEST(OperationPageTest, APageEndsBeforeItIsTooLargeButIsNeverEmpty) {
  const std::vector<ListedJob> jobs = {Job(1, "a", kMaxPageBytes), Job(2, "b", kMaxPageBytes / 2),
                                       Job(3, "c", kMaxPageBytes / 2)};
  Page page = PageAfter(jobs, "", 0);
  EXPECT_THAT(Names(page), ElementsAre("a"));
  page = PageAfter(jobs, page.next_page_token(), 0);
  EXPECT_THAT(Names(page), ElementsAre("b"));
  page = PageAfter(jobs, page.next_page_token(), 0);
  EXPECT_THAT(Names(page), ElementsAre("c"));
  EXPECT_EQ(page.next_page_token(), "");
}

TEST(OperationPageTest, SizesHaveADefaultAndAnEnd) {
  std::vector<ListedJob> jobs;
  for (int i = 0; i < 1200; ++i) jobs.push_back(Job(i, "job"));
  EXPECT_EQ(PageAfter(jobs, "", 0).operations_size(), 100);
  EXPECT_EQ(PageAfter(jobs, "", 1100).operations_size(), 1000);
}

TEST(OperationPageTest, ATokenIsReadAsItWasWrittenAndNothingElseIs) {
  const std::string token = PageToken({Job(7, "").created, "operations/iris/a:b"});
  auto read = ReadPageToken(token);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->created, Job(7, "").created);
  EXPECT_EQ(read->name, "operations/iris/a:b");
  for (const char* wrong : {"", "x", "2", "2:", ":a", "a:2", "99999999999999999999:a"}) {
    EXPECT_FALSE(ReadPageToken(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace scoregate::service
