// What a lane remembers of the batch jobs that it created, and when it forgets.
#include "gateway/service/batch/job_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace scoregate::service {
namespace {

using ::testing::ElementsAre;

OperationPtr Operation(const std::string& name, std::size_t bytes = 0) {
  google::longrunning::Operation operation;
  operation.set_name(name);
  operation.mutable_error()->set_message(std::string(bytes, 'x'));
  return std::make_shared<const google::longrunning::Operation>(operation);
}

std::vector<std::string> Names(const JobList& list) {
  std::vector<std::string> names;
  for (const ListedJob& job : list.jobs()) names.push_back(job.operation->name());
  return names;
}

TEST(JobListTest, AJobIsListedOnceAndAsItWasLastSeen) {
  JobList list;
  list.Add({{}, Operation("a")});
  list.Add({{}, Operation("b")});
  list.Add({{}, Operation("a", 1)});
  list.Update(Operation("b", 2));
  list.Update(Operation("unknown"));
  EXPECT_THAT(Names(list), ElementsAre("a", "b"));
  EXPECT_EQ(list.jobs()[0].operation->error().message(), "x");
  EXPECT_EQ(list.jobs()[1].operation->error().message(), "xx");
  list.Forget("a");
  list.Forget("unknown");
  EXPECT_THAT(Names(list), ElementsAre("b"));
}

TEST(JobListTest, TheOldestIsForgottenBeyondTheNumberOfJobs) {
  JobList list;
  for (std::size_t i = 0; i <= kMaxListedJobs; ++i) list.Add({{}, Operation(std::to_string(i))});
  EXPECT_EQ(list.jobs().size(), kMaxListedJobs);
  EXPECT_EQ(list.jobs().front().operation->name(), "1");
}

TEST(JobListTest, TheOldestIsForgottenBeyondTheBytesOfAll) {
  JobList list;
  for (const char* name : {"a", "b", "c"}) list.Add({{}, Operation(name)});
  list.Update(Operation("c", kMaxListedBytes / 2));
  EXPECT_THAT(Names(list), ElementsAre("a", "b", "c"));
  list.Update(Operation("b", kMaxListedBytes / 2));
  EXPECT_THAT(Names(list), ElementsAre("c")) << "a is small, but older than b";
  list.Update(Operation("c", 1));
  for (const char* name : {"d", "e"}) list.Add({{}, Operation(name, kMaxListedBytes / 3)});
  EXPECT_THAT(Names(list), ElementsAre("c", "d", "e")) << "what was let go counts no more";
}

}  // namespace
}  // namespace scoregate::service
