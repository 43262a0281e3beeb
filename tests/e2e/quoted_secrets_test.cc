// I11 against an upstream that quotes what it was sent: whatever a secret looks like, and wherever
// it is quoted, no output of the gateway holds it.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "client/score_error.h"
#include "google/longrunning/operations.grpc.pb.h"
#include "scoring/v1/batch.pb.h"
#include "scoring/v1/errors.grpc.pb.h"
#include "scoring/v1/scoring.grpc.pb.h"
#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"
#include "tests/support/certificates.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// So much of a secret in a row gives it away.
constexpr std::size_t kWindow = 10;

const std::string kKey32 = "Q7wE5rT3yU1iO9pA4sD6fG8hJ2kL0zXc";
const std::string kKey84 =
    "CANARYKEY0aB1cD2eF3gH4iJ5kL6mN7oPq8rS9tU0vW1xY2zAb3JQQJ99BAAAAAAAAAAAAAINFRAZML1a2B+/";
const std::string kSecondKey = "the-second+key/of-two-0123";
const std::string kHeader = "CANARYHDR-9f8e7d6c5b4a";
const std::string kQuery = "canary-of-the-query-5512";
const std::string kToken = "an-opaque~token+of/a-file-88";
const std::string kProxyPassword = "CANARY/PROXY+PW77";
const std::string kProxyBase64 = "cHJveHl1c2VyOkNBTkFSWS9QUk9YWStQVzc3";
const std::string kMetadata = "CANARYMETA-abcdef-0192";

struct Held {
  const char* endpoint;
  /// Its settings, below the URL.
  std::string settings;
  std::vector<std::string> secrets;
};

const std::vector<Held>& Endpoints() {
  static const support::TemporaryFile token(kToken + "\n");
  static const std::vector<Held> endpoints = {
      {"key32", "  api_key: {env: E2E_KEY32}\n", {kKey32}},
      {"key84", "  api_key: {env: E2E_KEY84}\n", {kKey84}},
      {"header", "  headers: {x-api-key: " + kHeader + "}\n", {kHeader}},
      {"file", "  token: {file: " + token.path() + "}\n", {kToken}},
      {"forwarded", "  forward_metadata: [authorization, x-team-secret]\n", {kMetadata}},
      {"proxied",
       "  api_key: {env: E2E_KEY32}\n  proxy_credentials: {env: E2E_PROXY}\n",
       {kKey32, kProxyPassword, kProxyBase64}},
  };
  return endpoints;
}

struct Quote {
  const char* place;
  int status;
  /// Header fields and a body, `%` where the secret is quoted.
  const char* headers;
  const char* body;
};

const Quote kQuotes[] = {
    {"message", 401, "", R"({"error":{"code":"InvalidKey","message":"Invalid key %"}})"},
    {"code", 400, "", R"({"error":{"code":"%","message":"m"}})"},
    {"innererror", 400, "",
     R"({"error":{"code":"x","message":"m","innererror":{"code":"%","message":"%"}}})"},
    {"details", 400, "",
     R"({"error":{"code":"BadArgument","message":"m","details":[{"code":"%","target":"%","message":"%"}]}})"},
    {"JSON in JSON", 500, "",
     R"({"error":{"code":"U","message":"{\"error\":{\"code\":\"V\",\"message\":\"key %\"}}"}})"},
    {"fastapi", 422, "",
     R"({"detail":[{"loc":["header","%"],"msg":"bad","type":"v","input":"%"}]})"},
    {"html", 502, "content-type: text/html\r\n", "<html><title>%</title><body>bad %</body></html>"},
    {"text", 403, "", "Unknown api key: %"},
    {"header", 424, "x-ms-error-code: %\r\nx-request-id: %\r\nms-azureml-model-error-reason: %\r\n",
     "m"},
    {"error in 200", 200, "", R"({"error":{"code":"%","message":"key % is bad"}})"},
    {"cut", 401, "", R"({"error":{"message":"Invalid key %)"},
};

std::string WithQuote(const std::string& text, const std::string& secret) {
  std::string filled;
  for (char c : text) filled += c == '%' ? secret : std::string(1, c);
  return filled;
}

// As careful writers of JSON do it, .NET's for one.
std::string Escaped(const std::string& secret) {
  std::string escaped;
  for (char c : secret) {
    escaped += c == '+' ? "\\u002B" : c == '/' ? "\\/" : c == '=' ? "\\u003D" : std::string(1, c);
  }
  return escaped;
}

std::string AnswerOf(const Quote& quote, const std::string& secret) {
  const std::string body = WithQuote(quote.body, secret);
  return "HTTP/1.1 " + std::to_string(quote.status) + " X\r\n" + WithQuote(quote.headers, secret) +
         "connection: close\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string Text(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  std::string text;
  for (const auto& [key, value] : metadata) {
    text.append(key.data(), key.size()).append(": ").append(value.data(), value.size()) += '\n';
  }
  return text;
}

class QuotedSecretsTest : public ::testing::Test {
 protected:
  QuotedSecretsTest() : stack_(Configuration(upstream_.port())) {}

  static std::string Configuration(int port) {
    setenv("E2E_KEY32", kKey32.c_str(), 1);
    setenv("E2E_KEY84", kKey84.c_str(), 1);
    setenv("E2E_KEY_TWO", kSecondKey.c_str(), 1);
    setenv("E2E_PROXY", ("proxyuser:" + kProxyPassword).c_str(), 1);
    const std::string here = "127.0.0.1:" + std::to_string(port);
    std::string text;
    for (const Held& held : Endpoints()) {
      const bool proxied = std::string(held.endpoint) == "proxied";
      text += std::string("- name: ") + held.endpoint + "\n  dialect: OPAQUE\n  url: http://" +
              (proxied ? "upstream.invalid" : here) + "/score?team=" + kQuery + "\n" +
              (proxied ? "  proxy: http://" + here + "\n" : "") + held.settings;
    }
    text += "- name: classic\n  dialect: CLASSIC\n  url: http://" + here +
            "/workspaces/ws/services/s\n  api_key: [{env: E2E_KEY32}, {env: E2E_KEY_TWO}]\n";
    return text;
  }

  // Whatever stands in a text of the gateway is looked for here.
  void Check(const std::string& name, const std::string& text, const std::string& secret) {
    for (std::size_t at = 0; at + kWindow <= secret.size(); ++at) {
      if (text.find(secret.substr(at, kWindow)) == text.npos) continue;
      found_.push_back(name + " holds " + secret.substr(at, kWindow));
      return;
    }
  }

  std::shared_ptr<grpc::Channel> Channel() {
    return grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials());
  }

  std::string Report(const std::string& request_id) {
    scoring::v1::GetErrorReportRequest asked;
    asked.set_request_id(request_id);
    scoring::v1::ErrorReport report;
    grpc::ClientContext context;
    auto catalog = scoring::v1::ErrorCatalogService::NewStub(Channel());
    const grpc::Status status = catalog->GetErrorReport(&context, asked, &report);
    EXPECT_TRUE(status.ok()) << request_id << ": " << status.error_message();
    return report.DebugString() + report.SerializeAsString();
  }

  // Everything that a caller and an operator get of one failed call.
  std::string RawCall(const std::string& endpoint) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + kMetadata);
    context.AddMetadata("x-team-secret", kMetadata);
    scoring::v1::ScoreRawRequest request;
    request.set_endpoint(endpoint);
    request.mutable_body()->set_data("{}");
    google::api::HttpBody answer;
    auto scoring = scoring::v1::ScoringService::NewStub(Channel());
    const grpc::Status status = scoring->ScoreRaw(&context, request, &answer);
    EXPECT_FALSE(status.ok()) << endpoint;
    return status.error_message() + status.error_details() +
           Text(context.GetServerInitialMetadata()) + Text(context.GetServerTrailingMetadata()) +
           Report(client::ReadError(status).request_id);
  }

  HeldUpstream upstream_;
  Stack stack_;
  std::vector<std::string> found_;
};

TEST_F(QuotedSecretsTest, NoFailedCallHoldsOne) {
  for (const Held& held : Endpoints()) {
    std::vector<std::string> secrets = held.secrets;
    secrets.push_back(kQuery);
    for (const std::string& secret : secrets) {
      for (const Quote& quote : kQuotes) {
        std::string got;
        std::thread call([&] { got = RawCall(held.endpoint); });
        const std::string request = upstream_.WaitForRequest();
        // Else there was nothing to quote.
        EXPECT_THAT(request, HasSubstr(secret == kProxyPassword ? kProxyBase64 : secret));
        upstream_.Answer(AnswerOf(quote, *quote.headers ? secret : Escaped(secret)));
        upstream_.Close();
        call.join();
        EXPECT_THAT(got, HasSubstr("[redacted]")) << held.endpoint << ", " << quote.place;
        Check(std::string(held.endpoint) + ", " + quote.place, got, secret);
        Check(std::string(held.endpoint) + ", " + quote.place, got, Escaped(secret));
      }
      Check("log", stack_.gateway().err(), secret);
    }
  }
  EXPECT_THAT(found_, IsEmpty());
}

// What has to be hidden by its form, too: redaction reads UTF-8.
TEST_F(QuotedSecretsTest, NoTextInUtf16HoldsOne) {
  const auto wide = [](const std::string& text) {
    std::string bytes;
    for (char c : text) (bytes += c) += '\0';
    return bytes;
  };
  const std::string account_key = "account-key+of/the-body-0099";
  const std::string body = "\xFF\xFE" + wide("AccountKey=" + account_key + "; key " + kKey32);
  for (const char* endpoint : {"key32", "key84"}) {
    std::string got;
    std::thread call([&] { got = RawCall(endpoint); });
    upstream_.WaitForRequest();
    upstream_.Answer("HTTP/1.1 500 X\r\nconnection: close\r\ncontent-length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
    upstream_.Close();
    call.join();
    EXPECT_THAT(got, HasSubstr("AccountKey=[redacted]")) << endpoint;
    Check(endpoint, got, account_key);
    Check(endpoint, got, wide(account_key));
    if (std::string(endpoint) == "key32") Check(endpoint, got, kKey32);
  }
  EXPECT_THAT(found_, IsEmpty());
}

// Both of two keys, whichever was sent, in an answer to one table of a stream.
TEST_F(QuotedSecretsTest, NoTableOfAStreamHoldsOne) {
  grpc::ClientContext context;
  auto scoring = scoring::v1::ScoringService::NewStub(Channel());
  auto stream = scoring->StreamScore(&context);
  scoring::v1::StreamScoreRequest table;
  *table.mutable_request() = IrisRequest();
  table.mutable_request()->set_endpoint("classic");
  EXPECT_TRUE(stream->Write(table));
  for (const std::string& key : {kKey32, kSecondKey}) {
    EXPECT_THAT(upstream_.WaitForRequest(), HasSubstr(key));
    upstream_.Answer(AnswerOf(kQuotes[0], kKey32 + " and " + Escaped(kSecondKey)));
    upstream_.Close();
  }
  scoring::v1::StreamScoreResponse answer;
  EXPECT_TRUE(stream->Read(&answer));
  stream->WritesDone();
  stream->Finish();
  const std::string got = answer.DebugString() + answer.SerializeAsString();
  EXPECT_THAT(got, HasSubstr("Invalid key [redacted] and [redacted]"));
  for (const std::string& key : {kKey32, kSecondKey}) Check("stream", got, key);
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(QuotedSecretsTest, NoFailedJobHoldsOne) {
  for (const char* state : {"Failed", "Cancelled", "Running"}) {
    google::longrunning::GetOperationRequest asked;
    asked.set_name("operations/classic/0123456789abcdef");
    google::longrunning::Operation operation;
    std::thread call([&] {
      grpc::ClientContext context;
      auto operations = google::longrunning::Operations::NewStub(Channel());
      const grpc::Status status = operations->GetOperation(&context, asked, &operation);
      EXPECT_TRUE(status.ok()) << status.error_message();
    });
    EXPECT_THAT(upstream_.WaitForRequest(), HasSubstr(kKey32));
    const Quote told = {"details", 200, "content-type: application/json\r\n",
                        R"({"StatusCode":"#","Details":"Error 0000: key % is bad"})"};
    std::string answer = AnswerOf(told, Escaped(kKey32) + " or " + Escaped(kSecondKey));
    answer.replace(answer.find('#'), 1, state);
    const std::size_t head = answer.find("\r\n\r\n") + 4;
    const std::string body = answer.substr(head);
    upstream_.Answer("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
    upstream_.Close();
    call.join();
    scoring::v1::BatchJob job;
    EXPECT_TRUE(operation.metadata().UnpackTo(&job));
    EXPECT_THAT(job.details(), HasSubstr("key [redacted] or [redacted] is bad")) << state;
    const std::string got = operation.SerializeAsString() + operation.DebugString();
    for (const std::string& key : {kKey32, kSecondKey}) Check(state, got, key);
  }
  EXPECT_THAT(found_, IsEmpty());
}

}  // namespace
}  // namespace scoregate::e2e
