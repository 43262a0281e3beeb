// Classic answers with status 200 that hold an error beside their Results (contract 2.6): Score and
// `scoregate translate` agree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::HasSubstr;

constexpr char kResults[] =
    R"("Results":{"o":{"type":"table","value":{"ColumnNames":["c"],"ColumnTypes":["Int64"],"Values":[["1"]]}}})";

struct Case {
  const char* name;
  const char* beside;
  grpc::StatusCode code;
  const char* grpc_code;
};

constexpr Case kCases[] = {
    {"an error", R"("error":{"code":"QuotaExceeded","message":"m"})", grpc::StatusCode::INTERNAL,
     "INTERNAL"},
    {"an error with a status", R"("error":{"code":429,"message":"m"})",
     grpc::StatusCode::RESOURCE_EXHAUSTED, "RESOURCE_EXHAUSTED"},
    {"a status and a message", R"("statusCode":503,"message":"m")", grpc::StatusCode::UNAVAILABLE,
     "UNAVAILABLE"},
    {"another spelling", R"("StatusCode":"404","message":"m")", grpc::StatusCode::NOT_FOUND,
     "NOT_FOUND"},
    {"no error", R"("error":null)", grpc::StatusCode::OK, "OK"},
    {"a good status", R"("statusCode":200,"message":"m")", grpc::StatusCode::OK, "OK"},
};

TEST(ErrorInSuccess, IsAnErrorOfScoreAsOfTranslate) {
  HeldUpstream upstream;
  Stack stack(upstream.Endpoint());
  scoring::v1::ScoreRequest request = IrisRequest();
  request.set_endpoint("held");
  for (const Case& c : kCases) {
    for (bool behind : {false, true}) {
      const std::string beside = c.beside;
      const std::string body =
          "{" + (behind ? kResults + ("," + beside) : beside + "," + kResults) + "}";
      auto scored = std::async(std::launch::async, [&] { return stack.Client()->Score(request); });
      upstream.WaitForRequest();
      upstream.Answer(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
          "Content-Length: " +
          std::to_string(body.size()) + "\r\n\r\n" + body);
      upstream.Close();
      auto outcome = scored.get();
      const auto code = outcome.ok() ? grpc::StatusCode::OK : outcome.error().code;
      EXPECT_EQ(code, c.code) << c.name << behind;
      Finished translated = RunToEnd({Program("scoregate"), "translate", "--status", "200",
                                      "--body", WriteFile("beside.json", body)});
      EXPECT_THAT(translated.out, HasSubstr(c.grpc_code)) << c.name << behind;
    }
  }
}

}  // namespace
}  // namespace scoregate::e2e
