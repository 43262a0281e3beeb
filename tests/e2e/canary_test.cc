// I11 end to end: secrets that stand nowhere else are planted wherever one can come from, and no
// output of the programs holds one. An output that is new is one more line in this file.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "client/score_error.h"
#include "scoring/v1/errors.grpc.pb.h"
#include "scoring/v1/scoring.grpc.pb.h"
#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// So much of a secret in a row gives it away.
constexpr std::size_t kWindow = 10;

/// Where a secret is planted, and the secret.
const std::map<std::string, std::string>& Secrets() {
  static const std::map<std::string, std::string> secrets = {
      {"the endpoint's key",
       "c2NvcmVnYXRlIGNhbmFyeSBrZXkgb2YgdGhlIGVuZHBvaW50LCA2NCBieXRlcyBsb25nLCBub3Qg"
       "cmVhbCBhdCA=="},
      {"the URL's query", "T2ZUaGVVcmxzUXVlcnlDYW5hcnlTaWduYXR1cmUx"},
      {"the URL's user", "PwOfTheUrlsUserCanary7781"},
      {"a key in the file", "InlineKeyOfTheFileCanary4402"},
      {"a fixed header", "FixedHeaderValueCanary3319"},
      {"the caller's authorization", "CallersBearerTokenCanary9034"},
      {"the caller's cookie", "CallersCookieCanary1177"},
      {"an account key in the body",
       "Q2FuYXJ5QWNjb3VudEtleUluVGhlQm9keU9mQW5FcnJvckFuc3dlcjY0Qnl0ZXNMb25nTm90UmVhbEF0QWxsMA=="},
      {"a signature in the body", "U2lnbmF0dXJlSW5UaGVCb2R5Q2FuYXJ5MDEyMzQ1Njc4"},
      {"a token in the body", "BearerTokenInTheBodyCanary5560"},
      {"a password in the body", "PasswordInTheBodyCanary2248"},
      {"a user in the body", "UserInfoInTheBodyCanary8093"},
      {"the location of a redirect", "U2lnbmF0dXJlT2ZBUmVkaXJlY3RDYW5hcnk5ODc2"},
  };
  return secrets;
}

const std::string& Secret(const std::string& place) {
  return Secrets().at(place);
}

// Every secret that a body can hold, as upstreams write them.
std::string Leaks() {
  return "blob https://a.blob.core.windows.net/c/b.csv?sv=2015-04-05&sr=b&sig=" +
         Secret("a signature in the body") + " of DefaultEndpointsProtocol=https;AccountName=a;" +
         "AccountKey=" + Secret("an account key in the body") + ";EndpointSuffix=core; key " +
         Secret("the endpoint's key") + " at amqp://user:" + Secret("a user in the body") +
         "@host.example/v, Server=s;Password=" + Secret("a password in the body") +
         "; Authorization: Bearer " + Secret("a token in the body");
}

struct Body {
  const char* shape;
  int status;
  const char* headers;
  /// `%` is where the leaks stand.
  std::string text;
};

// As long as what is kept of a body may be before it is redacted, but that the end of a key is
// missing. So much of it is hidden that its end is kept.
std::string KeyAtTheCut() {
  constexpr std::size_t kReadBytes = 4096;
  constexpr std::size_t kShownBytes = 60;
  std::string text = "Password=" + std::string(3000, 'p') + "; ";
  text.append(kReadBytes - kShownBytes - 1 - text.size(), '.');
  return text + " " + Secret("an account key in the body") + " of the account";
}

const Body kBodies[] = {
    {"classic", 400, "",
     R"({"error":{"code":"BadArgument","message":"%","details":[{"code":"InputParseError","target":"%","message":"%"}]}})"},
    {"unknown code", 400, "", R"({"error":{"code":"%","message":"m","details":"%"}})"},
    {"odata", 400, "",
     R"({"error":{"code":"A","message":"%","innererror":{"code":"%","stackTrace":"%"}}})"},
    {"service error", 500, "",
     R"({"error":{"code":"S","message":"m","details":[{"message":"{\"error\":{\"code\":\"U\",\"message\":\"%\"}}"}]},"correlation":{"request":"%"}})"},
    {"flat", 401, "", R"({"statusCode":401,"message":"%"})"},
    {"google.rpc", 400, "",
     R"({"error":{"code":400,"status":"INVALID_ARGUMENT","message":"%","details":[{"@type":"t/google.rpc.BadRequest","fieldViolations":[{"field":"%","description":"%"}]},{"@type":"t/google.rpc.ErrorInfo","reason":"R","domain":"%"},{"@type":"t/google.rpc.Help","links":[{"url":"https://a/?sig=%","description":"%"}]}]}})"},
    {"problem", 400, "content-type: application/problem+json\r\n",
     R"({"title":"%","errors":{"%":["%"],"$.a":["%"]}})"},
    {"fastapi", 422, "",
     R"({"detail":[{"type":"missing","loc":["body","%"],"msg":"%","input":"%"}]})"},
    {"error text", 500, "", R"({"error":"%"})"},
    {"mlflow", 400, "", R"({"error_code":"E","message":"%","stack_trace":"%"})"},
    {"sagemaker", 500, "", R"({"ErrorCode":"E","Message":"%","OriginalMessage":"%"})"},
    {"any JSON", 500, "", R"({"anything":["%"]})"},
    {"packed", 500, "", R"("{\"error\":\"%\"}")"},
    {"python", 500, "", "{'error': {'code': 'E', 'message': '%'}}"},
    {"cut", 500, "", R"({"error":{"code":"E","message":"%)"},
    {"xml", 403, "x-ms-error-code: AuthenticationFailed\r\n",
     "<Error><Code>AuthenticationFailed</Code><Message>%</Message></Error>"},
    {"html", 502, "content-type: text/html\r\n", "<html><title>%</title><body>%</body></html>"},
    {"text", 503, "", "%"},
    {"secret at the cut", 503, "", KeyAtTheCut()},
    {"redirect", 302, "", "Moved to %"},
    {"error in 200", 200, "content-type: application/json\r\n",
     R"({"error":{"code":429,"message":"%"}})"},
};

std::string Filled(std::string_view text) {
  std::string filled;
  for (char c : text) filled += c == '%' ? Leaks() : std::string(1, c);
  return filled;
}

std::string AnswerOf(const Body& body) {
  const std::string text = Filled(body.text);
  return "HTTP/1.1 " + std::to_string(body.status) + " X\r\n" + body.headers +
         "location: https://a.example/x?sig=" + Secret("the location of a redirect") +
         "\r\nset-cookie: session=" + Secret("a token in the body") +
         "\r\nconnection: close\r\ncontent-length: " + std::to_string(text.size()) + "\r\n\r\n" +
         text;
}

/// What the programs wrote, by name.
using Outputs = std::map<std::string, std::string>;

std::string Text(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  std::string text;
  for (const auto& [key, value] : metadata) {
    text.append(key.data(), key.size()).append(": ").append(value.data(), value.size()) += '\n';
  }
  return text;
}

std::string FileText(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> Found(const Outputs& outputs) {
  std::vector<std::string> found;
  for (const auto& [output, text] : outputs) {
    for (const auto& [place, secret] : Secrets()) {
      for (std::size_t at = 0; at + kWindow <= secret.size(); at += 1) {
        if (text.find(secret.substr(at, kWindow)) == text.npos) continue;
        found.push_back(output + " holds " + place + ": " + secret.substr(at, kWindow));
        break;
      }
    }
  }
  return found;
}

class CanaryTest : public ::testing::Test {
 protected:
  CanaryTest() : stack_(PlantedConfiguration(upstream_.port())) {}

  static std::string PlantedConfiguration(int port) {
    setenv("E2E_CANARY_KEY", Secret("the endpoint's key").c_str(), 1);
    const auto endpoint = [](const std::string& name, const std::string& authority) {
      return "- name: " + name + "\n  dialect: OPAQUE\n  url: http://" + authority +
             "/score?sv=1&sig=" + Secret("the URL's query") +
             "\n  api_key: {env: E2E_CANARY_KEY}\n  headers: {x-functions-key: " +
             Secret("a fixed header") + "}\n";
    };
    return endpoint("canary", "127.0.0.1:" + std::to_string(port)) +
           endpoint("canary_gone", "127.0.0.1:1");
  }

  // A raw call with the caller's own secrets; what it got goes into `outputs` under `name`.
  void Call(const std::string& endpoint, const std::string& name, Outputs& outputs) {
    auto channel =
        grpc::CreateChannel(stack_.gateway_address(), grpc::InsecureChannelCredentials());
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + Secret("the caller's authorization"));
    context.AddMetadata("cookie", "session=" + Secret("the caller's cookie"));
    scoring::v1::ScoreRawRequest request;
    request.set_endpoint(endpoint);
    request.mutable_body()->set_content_type("application/json");
    request.mutable_body()->set_data("{}");
    google::api::HttpBody answer;
    auto scoring = scoring::v1::ScoringService::NewStub(channel);
    const grpc::Status status = scoring->ScoreRaw(&context, request, &answer);
    EXPECT_FALSE(status.ok()) << name;
    outputs[name + ", message"] = status.error_message();
    outputs[name + ", details"] = status.error_details();
    outputs[name + ", metadata"] =
        Text(context.GetServerInitialMetadata()) + Text(context.GetServerTrailingMetadata());
    scoring::v1::GetErrorReportRequest asked;
    asked.set_request_id(client::ReadError(status).request_id);
    scoring::v1::ErrorReport report;
    grpc::ClientContext second;
    auto catalog = scoring::v1::ErrorCatalogService::NewStub(channel);
    const grpc::Status reported = catalog->GetErrorReport(&second, asked, &report);
    EXPECT_TRUE(reported.ok()) << name << reported.error_message();
    outputs[name + ", report"] = report.DebugString() + report.SerializeAsString();
  }

  HeldUpstream upstream_;
  Stack stack_;
};

TEST_F(CanaryTest, NoCallLeaksASecretOfItsUpstream) {
  Outputs outputs;
  for (const Body& body : kBodies) {
    std::thread call([&] { Call("canary", body.shape, outputs); });
    const std::string request = upstream_.WaitForRequest();
    // Else there was nothing to leak.
    for (const char* place : {"the endpoint's key", "the URL's query", "a fixed header"}) {
      EXPECT_THAT(request, HasSubstr(Secret(place))) << place;
    }
    upstream_.Answer(AnswerOf(body));
    upstream_.Close();
    call.join();
    const std::string file = WriteFile("body", Filled(body.text));
    Finished translated = RunToEnd({Program("scoregate"), "translate", "--upstream", "opaque",
                                    "--status", std::to_string(body.status), "--body", file});
    EXPECT_THAT(translated.out, HasSubstr("ErrorInfo")) << body.shape << translated.err;
    outputs[std::string(body.shape) + ", translate"] = translated.out + translated.err;
  }
  Call("canary_gone", "unreachable", outputs);
  outputs["log"] = stack_.gateway().err();
  outputs["arguments"] = FileText("/proc/" + std::to_string(stack_.gateway().pid()) + "/cmdline");
  EXPECT_THAT(outputs["arguments"], HasSubstr("serve"));
  EXPECT_THAT(Found(outputs), IsEmpty());
}

TEST_F(CanaryTest, NoCommandLeaksASecretOfTheConfiguration) {
  Outputs outputs;
  const auto run = [&](const std::string& name, std::vector<std::string> command) {
    command.insert(command.begin(), Program("scoregate"));
    const Finished finished = RunToEnd(command);
    outputs[name] = finished.out + finished.err;
    EXPECT_NE(outputs[name], "") << name;
    return finished;
  };
  const std::string head = "listeners:\n- address: 127.0.0.1:0\nendpoints:\n";
  const std::string good = WriteFile("canary.yaml", head + PlantedConfiguration(9));
  EXPECT_EQ(run("check", {"check", "--config", good}).exit_code, 0) << outputs["check"];
  run("check as JSON", {"check", "--config", good, "--format", "json"});
  const std::string user =
      WriteFile("user.yaml",
                head + "- name: a\n  dialect: OPAQUE\n  url: http://u:" + Secret("the URL's user") +
                    "@h/\n  api_key: {env: E2E_CANARY_KEY}\n");
  const std::string inline_key = WriteFile(
      "inline.yaml", head + "- name: a\n  dialect: OPAQUE\n  url: http://h/\n  api_key: " +
                         Secret("a key in the file") + "\n");
  for (const std::string& file : {user, inline_key}) {
    EXPECT_EQ(run("check of " + file, {"check", "--config", file}).exit_code, 1);
    run("check as JSON of " + file, {"check", "--config", file, "--format", "json"});
    EXPECT_NE(run("serve of " + file, {"serve", "--config", file}).exit_code, 0);
  }
  for (const char* command : {"serve", "check", "emulator", "demo", "translate", "explain"}) {
    run(std::string("help of ") + command, {command, "--help"});
  }
  EXPECT_THAT(Found(outputs), IsEmpty());
}

// The emulator's invented secrets stand in what an upstream answers; never in what a caller gets.
TEST(CanaryDemo, TheCallersSideHoldsNoSecretOfTheUpstream) {
  const Finished demo = RunToEnd({Program("scoregate"), "demo"});
  ASSERT_EQ(demo.exit_code, 0) << demo.err;
  const std::string invented = "bm90LWEtcmVhbC1zaWduYXR1cmUtYnV0LWxvbmc";
  EXPECT_THAT(demo.out, HasSubstr(invented));
  std::string callers_side = demo.err;
  for (std::size_t at = demo.out.find("what the caller gets"); at != demo.out.npos;
       at = demo.out.find("what the caller gets", at + 1)) {
    callers_side += demo.out.substr(at, demo.out.find("what the upstream answers", at) - at);
  }
  EXPECT_THAT(callers_side, HasSubstr("BLOB_NOT_FOUND"));
  EXPECT_THAT(callers_side, Not(HasSubstr(invented.substr(0, kWindow))));
}

TEST(Canary, TheTestSeesASecretThatLeaks) {
  for (const auto& [place, secret] : Secrets()) {
    ASSERT_GE(secret.size(), kWindow);
    EXPECT_EQ(Found({{"x", "so " + secret.substr(3, kWindow) + " is here"}}).size(), 1u) << place;
  }
}

}  // namespace
}  // namespace scoregate::e2e
