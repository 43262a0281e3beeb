// The gateway as a program: scores, keys, transport faults, deadlines, cancellation, its end.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <optional>
#include <thread>

#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class GatewayTest : public ::testing::Test {
 protected:
  Stack stack_;
};

std::vector<std::string> ColumnNames(const scoring::v1::Table& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns()) names.push_back(column.name());
  return names;
}

TEST_F(GatewayTest, ScoresInBothRequestFormats) {
  auto client = stack_.Client();
  for (const char* endpoint : {"iris", "rows"}) {
    scoring::v1::ScoreRequest request = IrisRequest();
    request.set_endpoint(endpoint);
    auto outcome = client->Score(request);
    ASSERT_TRUE(outcome.ok()) << endpoint << ": " << outcome.error().message;
    ASSERT_TRUE(outcome.value().outputs().contains("output1"));
    const auto& output = outcome.value().outputs().at("output1");
    EXPECT_THAT(ColumnNames(output), testing::Contains("Scored Labels")) << endpoint;
    for (const auto& column : output.columns()) {
      if (column.name() == "Scored Labels") {
        EXPECT_THAT(column.strings().values(), ElementsAre("setosa")) << endpoint;
      }
    }
  }
}

TEST_F(GatewayTest, TheExampleOfTheClientLibraryRuns) {
  Finished scored = RunToEnd({Program("score_rows"), stack_.gateway_address()});
  EXPECT_EQ(scored.exit_code, 0);
  EXPECT_EQ(scored.out, "setosa\n");
  Finished failed =
      RunToEnd({Program("score_rows"), stack_.gateway_address(), "BadArgument/InvalidInputNames"});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_EQ(failed.out, "fix inputs[\"input7\"]\nfix inputs[\"customers\"]\nINVALID_INPUT_NAMES\n");
}

TEST_F(GatewayTest, PassesJsonThrough) {
  scoring::v1::ScoreRawRequest request;
  request.set_endpoint("opaque");
  request.mutable_body()->set_content_type("application/json");
  request.mutable_body()->set_data(R"({"data":[[5.1,3.5,1.4,0.2]]})");
  auto outcome = stack_.Client()->ScoreRaw(request);
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_THAT(outcome.value().data(), HasSubstr("predictions"));
  EXPECT_THAT(outcome.value().content_type(), HasSubstr("application/json"));
}

TEST_F(GatewayTest, ListsItsEndpoints) {
  auto outcome = stack_.Client()->ListEndpoints();
  ASSERT_TRUE(outcome.ok());
  std::vector<std::string> names;
  for (const auto& endpoint : outcome.value().endpoints()) names.push_back(endpoint.name());
  EXPECT_THAT(names, ElementsAre("iris", "rows", "opaque", "nobody"));
}

TEST_F(GatewayTest, CheckConnectsToEachEndpoint) {
  Finished check =
      RunToEnd({Program("scoregate"), "check", "--config", stack_.config_path(), "--connect"});
  EXPECT_EQ(check.exit_code, 1) << "one endpoint is unreachable";
  EXPECT_THAT(check.out, HasSubstr("endpoint iris answers (HTTP "));
  EXPECT_THAT(check.out, HasSubstr("error: endpoints[3]: endpoint nobody could not be reached: "));
  EXPECT_THAT(check.out, Not(HasSubstr("good")));
}

TEST_F(GatewayTest, CheckAsJsonSaysOfEachEndpointWhatItDid) {
  Finished check = RunToEnd({Program("scoregate"), "check", "--config", stack_.config_path(),
                             "--connect", "--format", "json"});
  EXPECT_EQ(check.exit_code, 1) << "one endpoint is unreachable";
  google::protobuf::Struct read;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(check.out, &read).ok()) << check.out;
  std::vector<std::string> good;
  for (const auto& endpoint : read.fields().at("endpoints").list_value().values()) {
    const auto& members = endpoint.struct_value().fields();
    EXPECT_FALSE(members.at("text").string_value().empty());
    if (members.at("good").bool_value()) good.push_back(members.at("name").string_value());
  }
  EXPECT_THAT(good, ElementsAre("iris", "rows", "opaque"));
  EXPECT_EQ(read.fields().at("findings").list_value().values_size(), 1);
}

TEST_F(GatewayTest, WhatTheShellIsToldWhereItWentWrong) {
  auto run = [&](std::vector<std::string> words) {
    std::vector<std::string> command = {Program("scorectl"), "--address", stack_.gateway_address()};
    command.insert(command.end(), words.begin(), words.end());
    return RunToEnd(command);
  };
  Finished report = run({"report", "no-such-\x1b[31mid"});
  EXPECT_EQ(report.exit_code, 64 + 5);
  EXPECT_THAT(report.err, testing::StartsWith("not found: request id 'no-such-?[31mid' at "));
  EXPECT_THAT(report.err, HasSubstr("no failed call of that id is kept"));
  EXPECT_THAT(report.err, Not(HasSubstr("REQUEST_INVALID")));
  Finished typed = run({"score", "opaque", "--input", "input1=" + WriteFile("rows.csv", "a\n1\n")});
  EXPECT_EQ(typed.exit_code, 64 + 12);
  EXPECT_THAT(typed.err, HasSubstr("scorectl score opaque --raw FILE"));
}

TEST_F(GatewayTest, SwaggerGivesColumnsAndTypes) {
  auto client = stack_.Client();
  auto listed = client->ListEndpoints();
  ASSERT_TRUE(listed.ok());
  EXPECT_EQ(listed.value().endpoints(0).inputs_size(), 0) << "nobody has asked for it yet";
  auto iris = client->GetEndpoint("iris");
  ASSERT_TRUE(iris.ok());
  ASSERT_EQ(iris.value().inputs_size(), 1);
  EXPECT_EQ(iris.value().inputs(0).name(), "input1");
  EXPECT_EQ(iris.value().inputs(0).columns(3).name(), "petal width");
  EXPECT_EQ(iris.value().inputs(0).columns(3).type(), scoring::v1::PortColumn::DOUBLE);
  ASSERT_EQ(iris.value().outputs_size(), 1);
  EXPECT_EQ(iris.value().outputs(0).columns(3).type(), scoring::v1::PortColumn::STRING);
  // Rows carry no types, so that theirs can only come from the document.
  scoring::v1::ScoreRequest rows = IrisRequest();
  rows.set_endpoint("rows");
  auto scored = client->Score(rows);
  ASSERT_TRUE(scored.ok());
  EXPECT_TRUE(scored.value().outputs().at("output1").columns(0).has_doubles());
  EXPECT_TRUE(scored.value().outputs().at("output1").columns(3).has_strings());
  auto nobody = client->GetEndpoint("nobody");
  ASSERT_TRUE(nobody.ok()) << "its absence changes nothing";
  EXPECT_EQ(nobody.value().inputs_size(), 0);
  Finished shown =
      RunToEnd({Program("scorectl"), "--address", stack_.gateway_address(), "endpoints", "iris"});
  EXPECT_THAT(shown.out, HasSubstr("\ninput input1\nCOLUMN        TYPE\nsepal length  DOUBLE\n"));
}

TEST_F(GatewayTest, AnUnreachableUpstreamIsUnavailableWithAdvice) {
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("nobody");
  auto outcome = stack_.Client()->Score(request);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(outcome.error().reason, "UPSTREAM_UNREACHABLE");
  EXPECT_EQ(outcome.error().retry_delay, std::chrono::seconds(1));
  EXPECT_THAT(outcome.error().message, HasSubstr("127.0.0.1:1"));
}

TEST_F(GatewayTest, AFailedCallCanBeLookedUpByItsId) {
  auto channel = grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials());
  auto outcome = stack_.Client()->Score(IrisRequest("BadArgument/BlobNotFound"));
  ASSERT_FALSE(outcome.ok());
  auto stub = scoring::v1::ErrorCatalogService::NewStub(channel);
  grpc::ClientContext context;
  scoring::v1::GetErrorReportRequest request;
  request.set_request_id(outcome.error().request_id);
  scoring::v1::ErrorReport report;
  grpc::Status status = stub->GetErrorReport(&context, request, &report);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(report.endpoint(), "iris");
  EXPECT_EQ(report.method(), "/scoring.v1.ScoringService/Score");
  EXPECT_EQ(report.status().SerializeAsString(), outcome.error().status.SerializeAsString());
  EXPECT_THAT(report.body(), HasSubstr("BlobNotFound"));
  EXPECT_THAT(report.body(), testing::Not(HasSubstr("sig=s"))) << "the signature is redacted";
}

TEST_F(GatewayTest, ScorectlReportsAFailedCallByItsId) {
  auto outcome = stack_.Client()->Score(IrisRequest("BadArgument/BlobNotFound"));
  ASSERT_FALSE(outcome.ok());
  const std::string address = "--address=" + stack_.gateway_address();
  Finished found = RunToEnd({Program("scorectl"), address, "report", outcome.error().request_id});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  for (const char* part : {"  /scoring.v1.ScoringService/Score  endpoint iris\nerror: ",
                           " BLOB_NOT_FOUND\n", "\nThe upstream's answer:\n{\"error\":"}) {
    EXPECT_THAT(found.out, HasSubstr(part));
  }
  Finished unknown = RunToEnd({Program("scorectl"), address, "report", "no-such-id"});
  EXPECT_EQ(unknown.exit_code, 64 + grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(unknown.out, testing::IsEmpty());
  EXPECT_THAT(unknown.err, HasSubstr("a restart forgets them"));
}

TEST_F(GatewayTest, UnknownMethodsAreUnimplemented) {
  auto channel = grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials());
  const grpc::internal::RpcMethod method("/scoring.v1.ScoringService/Socre",
                                         grpc::internal::RpcMethod::NORMAL_RPC);
  grpc::ClientContext context;
  scoring::v1::ScoreResponse response;
  grpc::Status status =
      grpc::internal::BlockingUnaryCall(channel.get(), method, &context, IrisRequest(), &response);
  client::ScoreError error = client::ReadError(status);
  EXPECT_EQ(error.code, grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(error.reason, "METHOD_NOT_FOUND");
}

// A stack with one more endpoint, `held`, whose upstream is in the test's hands.
class HeldCallTest : public ::testing::Test {
 protected:
  static scoring::v1::ScoreRequest HeldRequest(const std::string& endpoint = "held") {
    scoring::v1::ScoreRequest request = IrisRequest();
    request.set_endpoint(endpoint);
    return request;
  }
  std::unique_ptr<scoring::v1::ScoringService::Stub> Stub() const {
    return scoring::v1::ScoringService::NewStub(
        grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials()));
  }

  HeldUpstream upstream_;
  Stack stack_{upstream_.Endpoint() +
               "- name: forwarding\n  dialect: CLASSIC\n  url: http://127.0.0.1:" +
               std::to_string(upstream_.port()) +
               "/workspaces/ws/services/held\n  forward_metadata: [traceparent, x-team]\n"};
};

TEST_F(HeldCallTest, WhatGoesUpstreamIsWhatTheContractSays) {
  std::thread call([&] {
    grpc::ClientContext context;
    context.AddMetadata("x-request-id", "id.of-the_caller");
    context.AddMetadata("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    context.AddMetadata("x-private", "stays here");
    scoring::v1::ScoreResponse response;
    Stub()->Score(&context, HeldRequest(), &response);
  });
  std::string request = upstream_.WaitForRequest();
  upstream_.Answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
  call.join();
  EXPECT_THAT(
      request,
      testing::StartsWith(
          "POST /workspaces/ws/services/held/execute?api-version=2.0&details=true HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("Bearer right-key-of-the-test\r\n"));
  EXPECT_THAT(request, HasSubstr("x-ms-client-request-id: id-of-the_caller\r\n"));
  EXPECT_THAT(request, HasSubstr("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"));
  EXPECT_THAT(request, testing::Not(HasSubstr("stays here")));
  EXPECT_THAT(request, HasSubstr(R"({"Inputs":{"input1":{"ColumnNames":["sepal length",)"));
}

TEST_F(HeldCallTest, ATraceGoesOnUpstreamOnce) {
  const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const std::string own = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
  std::string bin("\0\0\x0a\xf7\x65\x19\x16\xcd\x43\xdd\x84\x48\xeb\x21\x1c\x80\x31\x9c\1", 19);
  bin += std::string("\xb7\xad\x6b\x71\x69\x20\x33\x31\2\1", 10);
  struct Case {
    const char* name;
    std::map<std::string, std::string> metadata;
    std::string sent;
  };
  for (const Case& c :
       {Case{"binary", {{"grpc-trace-bin", bin}}, parent},
        Case{"of both the text", {{"grpc-trace-bin", bin}, {"traceparent", own}}, own},
        Case{"configured, too", {{"traceparent", own}, {"x-team", "a"}}, own}}) {
    std::thread call([&] {
      grpc::ClientContext context;
      for (const auto& [name, value] : c.metadata) context.AddMetadata(name, value);
      scoring::v1::ScoreResponse response;
      Stub()->Score(&context, HeldRequest("forwarding"), &response);
    });
    const std::string request = upstream_.WaitForRequest();
    upstream_.Answer("HTTP/1.1 500 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    upstream_.Close();
    call.join();
    const std::size_t first = request.find("traceparent: ");
    ASSERT_NE(first, request.npos) << c.name;
    EXPECT_EQ(request.substr(first + 13, parent.size()), c.sent) << c.name;
    EXPECT_EQ(request.find("traceparent: ", first + 1), request.npos) << c.name << request;
    EXPECT_EQ(request.find("x-team: a\r\n") != request.npos, c.metadata.contains("x-team"));
  }
}

TEST_F(HeldCallTest, TheSecondKeyIsTriedOnceAfterARefusal) {
  std::optional<client::Outcome<scoring::v1::ScoreResponse>> outcome;
  std::thread call([&] { outcome.emplace(stack_.Client()->Score(HeldRequest("held_two_keys"))); });
  const std::string body =
      R"({"error":{"code":"Unauthorized","details":[{"code":"ScoreRequestUnauthorized"}]}})";
  const std::string refusal = "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: " +
                              std::to_string(body.size()) + "\r\n\r\n" + body;
  EXPECT_THAT(upstream_.WaitForRequest(), HasSubstr("Bearer wrong-key-of-the-test\r\n"));
  upstream_.Answer(refusal);
  upstream_.Close();
  EXPECT_THAT(upstream_.WaitForRequest(), HasSubstr("Bearer right-key-of-the-test\r\n"));
  upstream_.Answer(refusal);
  upstream_.Close();
  call.join();
  ASSERT_FALSE(outcome->ok());
  EXPECT_EQ(outcome->error().code, grpc::StatusCode::UNAUTHENTICATED) << "and no third time";
  EXPECT_EQ(outcome->error().fault_domain(), "GATEWAY") << "the keys are the gateway's";
}

TEST_F(HeldCallTest, ADeadlineBecomesTheUpstreamsBudget) {
  std::thread call([&] {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(300));
    scoring::v1::ScoreResponse response;
    grpc::Status status = Stub()->Score(&context, HeldRequest(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  });
  upstream_.WaitForRequest();
  upstream_.WaitForClose();
  call.join();
}

TEST_F(HeldCallTest, ACallersCancelClosesTheUpstreamExchange) {
  grpc::ClientContext context;
  std::thread call([&] {
    scoring::v1::ScoreResponse response;
    grpc::Status status = Stub()->Score(&context, HeldRequest(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED);
  });
  upstream_.WaitForRequest();
  context.TryCancel();
  upstream_.WaitForClose();
  call.join();
  EXPECT_TRUE(stack_.Client()->Score(IrisRequest()).ok()) << "the gateway serves on";
}

TEST_F(HeldCallTest, AnUpstreamThatBreaksOffIsUnavailable) {
  std::optional<client::Outcome<scoring::v1::ScoreResponse>> outcome;
  std::thread call([&] { outcome.emplace(stack_.Client()->Score(HeldRequest())); });
  upstream_.WaitForRequest();
  upstream_.Answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"Re");
  upstream_.Close();
  call.join();
  ASSERT_FALSE(outcome->ok());
  EXPECT_EQ(outcome->error().code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(outcome->error().reason, "UPSTREAM_CONNECTION_RESET");
}

TEST_F(HeldCallTest, SigtermLetsACallInFlightFinish) {
  std::optional<client::Outcome<scoring::v1::ScoreResponse>> outcome;
  std::thread call([&] { outcome.emplace(stack_.Client()->Score(HeldRequest())); });
  upstream_.WaitForRequest();
  stack_.gateway().Signal(SIGTERM);
  ASSERT_TRUE(stack_.gateway().WaitForLine("draining").has_value());
  const std::string body =
      R"({"Results":{"output1":{"type":"table","value":{"ColumnNames":["a"],"Values":[["1"]]}}}})";
  upstream_.Answer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
  call.join();
  EXPECT_TRUE(outcome->ok()) << outcome->error().message;
  EXPECT_EQ(stack_.gateway().Wait(), 0);
}

}  // namespace
}  // namespace scoregate::e2e
