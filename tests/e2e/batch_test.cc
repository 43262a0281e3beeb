// Batch jobs end to end: from a grpc++ client through the gateway to the emulator's job desk.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>

#include "client/batch_client.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using google::longrunning::Operation;
using scoring::v1::BatchJob;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;

class BatchTest : public ::testing::Test {
 protected:
  static client::BatchClient ClientAt(const std::string& address,
                                      std::chrono::milliseconds timeout = 20s) {
    client::ClientOptions options;
    options.address = address;
    options.timeout = timeout;
    options.max_attempts = 1;
    return client::BatchClient(options);
  }
  static scoring::v1::CreateBatchJobRequest Job(int runtime_ms, const std::string& raise = "") {
    scoring::v1::CreateBatchJobRequest request;
    request.set_endpoint("iris");
    auto& parameters = *request.mutable_global_parameters();
    parameters["runtime_ms"].set_number_value(runtime_ms);
    if (!raise.empty()) parameters["raise"].set_string_value(raise);
    return request;
  }
  static BatchJob::State StateOf(const Operation& operation) {
    BatchJob job;
    EXPECT_TRUE(operation.metadata().UnpackTo(&job));
    return job.state();
  }
  Operation Submit(const scoring::v1::CreateBatchJobRequest& request) {
    auto created = client_.Create(request);
    EXPECT_TRUE(created.ok());
    return created.ok() ? created.value() : Operation();
  }

  Stack stack_;
  client::BatchClient client_ = ClientAt(stack_.gateway_address());
};

TEST_F(BatchTest, AJobIsSubmittedStartedAndFinished) {
  auto request = Job(50);
  auto& output = (*request.mutable_outputs())["scores"];
  output.set_connection_string("AccountName=a;AccountKey=b");
  output.set_relative_location("c/scores.csv");
  Operation submitted = Submit(request);
  EXPECT_THAT(submitted.name(), StartsWith("operations/iris/"));
  EXPECT_FALSE(submitted.done());
  auto done = client_.Wait(submitted.name(), 15s);
  ASSERT_TRUE(done.ok());
  ASSERT_TRUE(done.value().done());
  EXPECT_EQ(StateOf(done.value()), BatchJob::FINISHED);
  scoring::v1::BatchJobResult result;
  ASSERT_TRUE(done.value().response().UnpackTo(&result));
  ASSERT_TRUE(result.outputs().contains("scores"));
  EXPECT_THAT(result.outputs().at("scores").sas_blob_token(), HasSubstr("sig=ZW11"))
      << "the answer itself keeps its token";
  auto listed = client_.List("");
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed.value().operations_size(), 1);
  const Operation& seen = listed.value().operations(0);
  EXPECT_TRUE(seen.done());
  EXPECT_THAT(seen.response().value(), HasSubstr("scores.csv"));
  EXPECT_THAT(seen.response().value(), Not(HasSubstr("sig=")))
      << "the list says what there is; the token is for who asks for the job";
}

TEST_F(BatchTest, AFailedJobsOperationHasTheErrorOfItsDetails) {
  struct Case {
    const char* raise;
    grpc::StatusCode code;
    const char* reason;
    const char* codes;
  };
  const std::vector<Case> cases = {
      {"job/module-error", grpc::StatusCode::FAILED_PRECONDITION, "MODULE_EXECUTION_ERROR", "0085"},
      {"job/library-error", grpc::StatusCode::FAILED_PRECONDITION, "LIBRARY_EXECUTION_ERROR",
       "1000"},
      {"job/internal-error", grpc::StatusCode::INTERNAL, "INTERNAL_ERROR", ""},
      {"job/prose-only", grpc::StatusCode::INTERNAL, "INTERNAL_ERROR", ""},
  };
  for (const Case& c : cases) {
    auto done = client_.Wait(Submit(Job(1, c.raise)).name(), 15s);
    ASSERT_TRUE(done.ok()) << c.raise;
    auto error = client::ErrorOf(done.value());
    ASSERT_TRUE(error) << c.raise;
    EXPECT_EQ(error->code, c.code) << c.raise;
    EXPECT_EQ(error->reason, c.reason) << c.raise;
    EXPECT_EQ(error->error_code(), c.codes) << c.raise;
    EXPECT_EQ(error->http_status(), 200) << "as received";
    EXPECT_FALSE(error->retry_delay) << c.raise;
    EXPECT_EQ(error->metadata.at("operation"), done.value().name()) << c.raise;
    EXPECT_THAT(done.value().SerializeAsString(), Not(HasSubstr("sig=ZW11"))) << c.raise;
  }
}

// The id in an Operation's error is good for what any failed call's is.
TEST_F(BatchTest, AFailedJobsIdFindsItsReport) {
  const std::string failed = Submit(Job(1, "job/module-error")).name();
  const std::string cancelled = Submit(Job(20'000)).name();
  ASSERT_TRUE(client_.Cancel(cancelled).ok());
  for (const std::string& name : {failed, cancelled}) {
    auto done = client_.Wait(name, 15s);
    ASSERT_TRUE(done.ok());
    auto error = client::ErrorOf(done.value());
    ASSERT_TRUE(error) << name;
    auto report = stack_.Client()->GetErrorReport(error->request_id);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(report.value().endpoint(), "iris");
    EXPECT_EQ(report.value().status().SerializeAsString(),
              done.value().error().SerializeAsString());
    auto again = client_.Get(name);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(client::ErrorOf(again.value())->request_id, error->request_id)
        << "one failure, one id, one place among those that are kept";
  }
}

TEST_F(BatchTest, AStartThatFailsNamesTheOperationAndMayBeRepeated) {
  auto created = client_.Create(Job(1, "start/ServiceUnavailable/RequestThrottled"));
  ASSERT_FALSE(created.ok());
  EXPECT_EQ(created.error().reason, "REQUEST_THROTTLED");
  EXPECT_FALSE(created.error().retry_delay) << "the same call would submit a second job";
  ASSERT_TRUE(created.error().metadata.contains("operation"));
  const std::string name = created.error().metadata.at("operation");
  auto seen = client_.Get(name);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(StateOf(seen.value()), BatchJob::NOT_STARTED);
  ASSERT_TRUE(client_.Start(name).ok());
  ASSERT_TRUE(client_.Start(name).ok()) << "starting again is safe";
  auto done = client_.Wait(name, 15s);
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(StateOf(done.value()), BatchJob::FINISHED);
}

TEST_F(BatchTest, ADocumentedErrorOfTheSubmissionIsTranslated) {
  auto created = client_.Create(Job(1, "BadArgument/BlobNotFound"));
  ASSERT_FALSE(created.ok());
  EXPECT_EQ(created.error().code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(created.error().reason, "BLOB_NOT_FOUND");
  EXPECT_FALSE(created.error().metadata.contains("operation"));
}

TEST_F(BatchTest, AJobOutlivesTheGatewayThatSubmittedIt) {
  const std::string name = Submit(Job(1)).name();
  stack_.gateway().Signal(SIGKILL);
  stack_.gateway().Wait();
  Server second({Program("scoregate"), "serve", "--config", stack_.config_path()});
  auto address = second.WaitForLine("listening on ");
  ASSERT_TRUE(address);
  client::BatchClient client = ClientAt(*address);
  auto done = client.Wait(name, 15s);
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(StateOf(done.value()), BatchJob::FINISHED);
  auto listed = client.List("");
  ASSERT_TRUE(listed.ok());
  EXPECT_EQ(listed.value().operations_size(), 0) << "only what this process created is listed";
}

TEST_F(BatchTest, AWaitForAJobThatNeverComesEndsWithTheWait) {
  auto waited = client_.Wait("operations/iris/0123", 1s);
  ASSERT_FALSE(waited.ok());
  EXPECT_EQ(waited.error().code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(waited.error().metadata.at("operation"), "operations/iris/0123");
}

TEST_F(BatchTest, FromTheShellAJobOutlivesTheGatewayThatSubmittedIt) {
  const std::string address = stack_.gateway_address();
  auto run = [&](std::vector<std::string> words) {
    std::vector<std::string> command = {Program("scorectl"), "--address", address, "batch"};
    command.insert(command.end(), words.begin(), words.end());
    return RunToEnd(command);
  };
  Finished begun = run({"submit", "iris", "--parameter", "runtime_ms=1"});
  ASSERT_EQ(begun.exit_code, 0) << begun.err;
  const std::string name = begun.out.substr(0, begun.out.find(' '));
  ASSERT_EQ(kill(stack_.gateway().pid(), SIGKILL), 0);
  EXPECT_EQ(stack_.gateway().Wait(), -1) << "it was killed";
  // The same endpoints, where the first one listened.
  std::ifstream file(stack_.config_path());
  std::string config(std::istreambuf_iterator<char>(file), {});
  const std::string any = "127.0.0.1:0";
  config.replace(config.find(any), any.size(), address);
  Server second({Program("scoregate"), "serve", "--config", WriteFile("again.yaml", config)});
  ASSERT_EQ(second.WaitForLine("listening on "), address) << second.err();
  Finished done = run({"wait", name});
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, StartsWith(name + "  FINISHED\n"));
}

// A script has to see that a job is not done, and a person how to go on.
TEST_F(BatchTest, FromTheShellAWaitThatGivesUpSaysSoByItsExitCode) {
  const std::string name = Submit(Job(600'000)).name();
  const std::string said = "still RUNNING after 100ms; wait on with: scorectl batch wait ";
  const std::vector<std::vector<std::string>> cases = {
      {"wait", name, "--longest", "100ms"},
      {"--json", "wait", name, "--longest", "100ms"},
      {"submit", "iris", "--parameter", "runtime_ms=600000", "--wait", "--longest", "100ms"}};
  for (const std::vector<std::string>& words : cases) {
    std::vector<std::string> command = {Program("scorectl"), "--address", stack_.gateway_address(),
                                        "batch"};
    command.insert(command.end(), words.begin(), words.end());
    Finished waited = RunToEnd(command);
    EXPECT_EQ(waited.exit_code, 4) << waited.err;
    EXPECT_THAT(waited.out, HasSubstr("RUNNING"));
    EXPECT_THAT(waited.err, HasSubstr(said + "operations/iris/"));
  }
  Finished slip = RunToEnd({Program("scorectl"), "--address", stack_.gateway_address(), "batch",
                            "submit", "iris", "--wait", "--longest", "soon"});
  EXPECT_EQ(slip.exit_code, 2) << "before a job is submitted for it";
  EXPECT_THAT(slip.err, Not(HasSubstr("submitted")));
}

// The gateway goes while somebody waits, and comes back, or does not.
TEST_F(BatchTest, FromTheShellAWaitOutlastsARestartOfTheGateway) {
  const std::string address = stack_.gateway_address();
  const std::string name = Submit(Job(3000)).name();
  const std::string endless = Submit(Job(600'000)).name();
  auto wait = [&](const std::string& job, const std::string& longest) {
    return std::vector<std::string>{Program("scorectl"), "--address", address, "batch", "wait", job,
                                    "--longest",         longest};
  };
  auto given_up = std::async(std::launch::async, [&] { return RunToEnd(wait(endless, "4s")); });
  auto done = std::async(std::launch::async, [&] { return RunToEnd(wait(name, "40s")); });
  // Each has had its first answer by then, on a slow machine, too.
  std::this_thread::sleep_for(1500ms);
  kill(stack_.gateway().pid(), SIGKILL);
  stack_.gateway().Wait();
  Finished without = given_up.get();
  EXPECT_EQ(without.exit_code, 64 + 14) << without.err;
  EXPECT_THAT(without.err, HasSubstr("the job goes on without the gateway; wait on with: scorectl "
                                     "batch wait " +
                                     endless + "\n"));
  std::ifstream file(stack_.config_path());
  std::string config(std::istreambuf_iterator<char>(file), {});
  const std::string any = "127.0.0.1:0";
  config.replace(config.find(any), any.size(), address);
  Server second({Program("scoregate"), "serve", "--config", WriteFile("restarted.yaml", config)});
  ASSERT_EQ(second.WaitForLine("listening on "), address) << second.err();
  const auto back = std::chrono::steady_clock::now();
  Finished finished = done.get();
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_LT(std::chrono::steady_clock::now() - back, 12s)
      << "gRPC left to itself takes twenty seconds to see that a gateway is back";
  EXPECT_THAT(finished.out, StartsWith(name + "  FINISHED\n"));
  EXPECT_EQ(finished.err, "") << "nothing is said where nobody looks";
  second.Signal(SIGKILL);
  second.Wait();
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(RunToEnd(wait(name, "40s")).exit_code, 64 + 14);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 20s) << "nobody was there to begin with";
}

TEST_F(BatchTest, CancelEndsAJob) {
  const std::string name = Submit(Job(600'000)).name();
  ASSERT_TRUE(client_.Cancel(name).ok());
  auto seen = client_.Get(name);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(StateOf(seen.value()), BatchJob::CANCELLED);
  EXPECT_EQ(seen.value().error().code(), static_cast<int>(grpc::StatusCode::CANCELLED));
}

TEST_F(BatchTest, WaitEndsWithItsTimeoutOrBeforeTheCallersDeadline) {
  const std::string name = Submit(Job(600'000)).name();
  auto stub = google::longrunning::Operations::NewStub(
      grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials()));
  google::longrunning::WaitOperationRequest request;
  request.set_name(name);
  Operation seen;
  {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + 2s);
    grpc::Status status = stub->WaitOperation(&context, request, &seen);
    EXPECT_TRUE(status.ok()) << "an answer, not DEADLINE_EXCEEDED: " << status.error_message();
    EXPECT_EQ(StateOf(seen), BatchJob::RUNNING);
  }
  {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + 20s);
    request.mutable_timeout()->set_nanos(1'000'000);
    EXPECT_TRUE(stub->WaitOperation(&context, request, &seen).ok());
    EXPECT_FALSE(seen.done());
  }
}

TEST_F(BatchTest, ListShowsPagesAndDeleteTakesOffTheList) {
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) names.push_back(Submit(Job(1)).name());
  auto stub = google::longrunning::Operations::NewStub(
      grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials()));
  google::longrunning::ListOperationsRequest request;
  request.set_page_size(2);
  std::vector<std::string> listed;
  do {
    grpc::ClientContext context;
    google::longrunning::ListOperationsResponse page;
    ASSERT_TRUE(stub->ListOperations(&context, request, &page).ok());
    EXPECT_LE(page.operations_size(), 2);
    for (const auto& operation : page.operations()) listed.push_back(operation.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, names);
  ASSERT_TRUE(client_.Delete(names[1]).ok());
  auto left = client_.List("");
  ASSERT_TRUE(left.ok());
  EXPECT_EQ(left.value().operations_size(), 2);
  EXPECT_TRUE(client_.Get(names[1]).ok()) << "the job itself goes on";
}

TEST_F(BatchTest, BadNamesAreNotFoundAndBadPagesInvalid) {
  struct Case {
    const char* name;
    const char* reason;
  };
  for (const Case& c : std::vector<Case>{{"", "OPERATION_NOT_FOUND"},
                                         {"operations/iris", "OPERATION_NOT_FOUND"},
                                         {"operations/iris/a/b", "OPERATION_NOT_FOUND"},
                                         {"operations/iris/../x", "OPERATION_NOT_FOUND"},
                                         {"operations/irsi/0123", "ENDPOINT_NOT_FOUND"},
                                         {"operations/iris/0123", "NOT_FOUND"}}) {
    auto seen = client_.Get(c.name);
    ASSERT_FALSE(seen.ok()) << c.name;
    EXPECT_EQ(seen.error().code, grpc::StatusCode::NOT_FOUND) << c.name;
    EXPECT_EQ(seen.error().reason, c.reason) << c.name;
  }
  // What failed is about an operation, so its metadata names it.
  const std::string name = "operations/iris/0123";
  EXPECT_EQ(client_.Get(name).error().metadata.at("operation"), name);
  EXPECT_EQ(client_.Start(name).error().metadata.at("operation"), name);
  EXPECT_EQ(client_.Cancel(name).error().metadata.at("operation"), name);
  auto listed = client_.List("x");
  ASSERT_FALSE(listed.ok());
  ASSERT_EQ(listed.error().field_violations.size(), 1u);
  EXPECT_EQ(listed.error().field_violations[0].field(), "page_token");
  scoring::v1::CreateBatchJobRequest opaque;
  opaque.set_endpoint("opaque");
  auto created = client_.Create(opaque);
  ASSERT_FALSE(created.ok());
  EXPECT_EQ(created.error().code, grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(BatchTest, FromTheShell) {
  const std::string connection = WriteFile("connection", "AccountName=a;AccountKey=b\n");
  auto run = [&](std::vector<std::string> words) {
    std::vector<std::string> command = {Program("scorectl"), "--address", stack_.gateway_address(),
                                        "--attempts",        "1",         "batch"};
    command.insert(command.end(), words.begin(), words.end());
    return RunToEnd(command);
  };
  Finished done = run({"submit", "iris", "--connection", connection, "--input", "input1=c/in.csv",
                       "--output", "output1=c/out.csv", "--parameter", "runtime_ms=1", "--wait"});
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, AllOf(StartsWith("operations/iris/"), HasSubstr("  FINISHED\n  output1  "
                                                                        "https://")));
  EXPECT_THAT(done.out, HasSubstr("c/out.csv"));
  Finished failed = run({"submit", "iris", "--parameter", "runtime_ms=1", "--parameter",
                         "raise=job/module-error", "--wait"});
  EXPECT_EQ(failed.exit_code, 64 + 9);
  EXPECT_THAT(failed.err, HasSubstr("FAILED_PRECONDITION MODULE_EXECUTION_ERROR"));
  Finished left = run({"submit", "iris", "--parameter", "raise=start/InternalError"});
  EXPECT_EQ(left.exit_code, 64 + 13);
  EXPECT_THAT(left.err, HasSubstr("Start it with:\n  scorectl batch start operations/iris/"));
  Finished listed = run({"list"});
  EXPECT_THAT(listed.out,
              AllOf(HasSubstr("FINISHED"), HasSubstr("FAILED"), HasSubstr("NOT_STARTED")));
  Finished begun = run({"submit", "iris"});
  ASSERT_EQ(begun.exit_code, 0) << begun.err;
  const std::string name = begun.out.substr(0, begun.out.find(' '));
  EXPECT_EQ(begun.err, "wait for it with: scorectl batch wait " + name + "\n");
  Finished cancelled = run({"cancel", name});
  EXPECT_EQ(cancelled.err, "asked to cancel it; see it with: scorectl batch get " + name + "\n");
  EXPECT_EQ(cancelled.out, "");
  Finished bad = run({"submit", "iris", "--input", "input1=c/in.csv"});
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, HasSubstr("--connection FILE"));
}

}  // namespace
}  // namespace scoregate::e2e
