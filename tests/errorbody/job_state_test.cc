// Status bodies of batch jobs: every spelling of a state, where outputs lie, and why a job failed.
#include "gateway/errorbody/job/job_state.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace scoregate::errorbody {
namespace {

TEST(JobReport, StatesInEverySpelling) {
  struct Case {
    const char* body;
    JobState state;
    const char* why;
  };
  const std::vector<Case> cases = {
      {R"({"StatusCode":0})", JobState::kNotStarted, "a number"},
      {R"({"StatusCode":1,"Results":null})", JobState::kRunning, "a number"},
      {R"({"StatusCode":"2"})", JobState::kFailed, "a number in quotes"},
      {R"({"StatusCode":3})", JobState::kCancelled, "a number"},
      {R"({"StatusCode":4})", JobState::kFinished, "a number"},
      {R"({"StatusCode":"NotStarted"})", JobState::kNotStarted, "the enum's name"},
      {R"({"Status Code":"Not started",})", JobState::kNotStarted,
       "the documented sample, with its blank in the key and its comma too many"},
      {R"({"StatusCode":"Canceled"})", JobState::kCancelled, "one l"},
      {R"({"StatusCode":"Cancelled"})", JobState::kCancelled, "two l"},
      {R"({"StatusCode":"FINISHED"})", JobState::kFinished, "capitals"},
      {"\xEF\xBB\xBF{\"StatusCode\":\"Running\"}", JobState::kRunning, "a byte order mark"},
      {R"({"StatusCode":"Queued"})", JobState::kUnknown, "no state that is known"},
      {R"({"StatusCode":5})", JobState::kUnknown, "a number that is none"},
      {R"({"Results":null})", JobState::kUnknown, "no state at all"},
      {"", JobState::kUnknown, "nothing"},
  };
  for (const Case& c : cases) EXPECT_EQ(ReadJobReport(c.body).state, c.state) << c.body << c.why;
}

TEST(JobReport, OutputsInOrderWithWhatIsNeededToReadThem) {
  JobReport report = ReadJobReport(
      R"({"StatusCode":"Finished","Results":{"output2":{"BaseLocation":"https://a/",)"
      R"("RelativeLocation":"c/x.csv","SasBlobToken":"?sig=abc"},"output1":{"ConnectionString":)"
      R"("K=v","RelativeLocation":"c/y.csv","BaseLocation":null},"odd":"text"},"Details":null})");
  ASSERT_EQ(report.outputs.size(), 2u) << "what is no object is no location";
  EXPECT_EQ(report.outputs[0].name, "output2");
  EXPECT_EQ(report.outputs[0].base_location, "https://a/");
  EXPECT_EQ(report.outputs[0].relative_location, "c/x.csv");
  EXPECT_EQ(report.outputs[0].sas_blob_token, "?sig=abc");
  EXPECT_EQ(report.outputs[1].connection_string, "K=v");
  EXPECT_EQ(report.outputs[1].base_location, "") << "null is no location";
  EXPECT_EQ(report.details, "");
}

constexpr const char* kLibraryDetails =
    R"(Module: Score Model; SNR Job Id: 1; requestId = 2 errorComponent=Module. taskStatusCode=400.)"
    R"( {"Exception":{"ErrorId":"LibraryException","ErrorCode":"1000","ExceptionType":)"
    R"("ModuleException","Message":"Error 1000: x","Exception":{"Library":"TLC","ExceptionType":)"
    R"("LibraryException","ErrorCode":"16","Message":"rows differ"}}}Error: rows differ)";

TEST(FailedJob, TheExceptionsMakeTheClass) {
  struct Case {
    std::string details;
    int task_status;
    int embedded_status;
    const char* error_class;
    std::vector<std::string> items;  // code (target): message
    const char* why;
  };
  const std::vector<Case> cases = {
      {kLibraryDetails,
       400,
       0,
       "LibraryExecutionError",
       {"1000 (ModuleException): Error 1000: x", "16 (LibraryException): rows differ"},
       "the innermost exception is a library's"},
      {R"(taskStatusCode=400. {"Exception":{"ErrorId":"FailedToEvaluateScript","ErrorCode":"0085",)"
       R"("ExceptionType":"ModuleException","Message":"m"}} Process exited)",
       400,
       0,
       "ModuleExecutionError",
       {"0085 (ModuleException): m"},
       "the zeros of the number are kept"},
      {R"(taskStatusCode=400. {"Exception":{"ErrorId":"ColumnNotFound"}})",
       400,
       0,
       "ModuleExecutionError",
       {"ColumnNotFound (): "},
       "a name where there is no number"},
      {R"(requestId = {5c1a1f0e-7a52} errorComponent={Module}. taskStatusCode=400. )"
       R"({"Exception":{"ErrorCode":"0085","Message":"m"}})",
       400,
       0,
       "ModuleExecutionError",
       {"0085 (): m"},
       "braces in the prose before it"},
      {"taskStatusCode=400. no exception",
       0,
       400,
       "",
       {},
       "without an exception only the status is known"},
      {"taskStatusCode=500. the worker went away", 500, 0, "InternalError", {}, "by the status"},
      {"It failed.", 500, 0, "InternalError", {}, "no more is said than that it failed"},
      {"", 500, 0, "InternalError", {}, "nothing is said"},
      {"taskStatusCode=", 500, 0, "InternalError", {}, "a number that was cut off"},
      {"taskStatusCode=404. gone", 0, 404, "", {}, "any other status speaks for itself"},
  };
  for (const Case& c : cases) {
    JobReport report;
    report.details = c.details;
    ReportedError error = ReadFailedJob(report, 200);
    EXPECT_EQ(error.http_status, 200) << c.why;
    EXPECT_EQ(error.task_status, c.task_status) << c.why;
    EXPECT_EQ(error.embedded_status, c.embedded_status) << c.why;
    EXPECT_EQ(error.outer_code, c.error_class) << c.why;
    std::vector<std::string> items;
    for (const ReportedItem& item : error.items) {
      items.push_back(item.code + " (" + item.target + "): " + item.message);
    }
    EXPECT_EQ(items, c.items) << c.why;
    EXPECT_EQ(error.voice, Voice::kApplication) << c.why;
  }
}

TEST(FailedJob, CutAnywhereItIsStillAFailure) {
  const std::string details = kLibraryDetails;
  for (std::size_t size = 0; size <= details.size(); ++size) {
    JobReport report;
    report.details = details.substr(0, size);
    ReportedError error = ReadFailedJob(report, 200);
    EXPECT_TRUE(error.task_status != 0 || error.embedded_status != 0) << size;
  }
}

TEST(FailedJob, ExceptionsWithoutEndAreNotFollowedForEver) {
  std::string details = "taskStatusCode=400. ";
  for (int i = 0; i < 10'000; ++i) details += R"({"Exception":)";
  JobReport report;
  report.details = details;
  EXPECT_LE(ReadFailedJob(report, 200).items.size(), 8u);
}

}  // namespace
}  // namespace scoregate::errorbody
