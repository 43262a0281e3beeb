// Which answers are successes, by kind and call.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "gateway/errorbody/read.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;
using enum http::CallKind;

struct SuccessCase {
  std::string_view name;
  http::UpstreamKind kind;
  http::CallKind call;
  int status;
  std::string_view content_type;
  std::string_view body;
  bool success;
};

constexpr std::string_view kJson = "application/json";

constexpr SuccessCase kSuccesses[] = {
    // Statuses.
    {"200", kOpaque, kScore, 200, kJson, "[1]", true},
    {"299", kOpaque, kScore, 299, kJson, "[1]", true},
    {"199", kOpaque, kScore, 199, kJson, "[1]", false},
    {"300", kOpaque, kScore, 300, kJson, "[1]", false},
    {"400 with a good body", kClassic, kScore, 400, kJson, R"({"Results":{}})", false},
    {"304 of an operation: nothing changed", kClassic, kGetOperation, 304, "", "", true},
    {"304 of a score", kClassic, kScore, 304, "", "", false},

    // Classic needs Results.
    {"Results", kClassic, kScore, 200, kJson, R"({"Results":{"output1":[]}})", true},
    {"Results, raw, whatever the type", kClassic, kScoreRaw, 200, "text/plain", R"({"Results":1})",
     true},
    {"no Results", kClassic, kScore, 200, kJson, R"({"results":{}})", false},
    {"Results null", kClassic, kScore, 200, kJson, R"({"Results":null})", false},
    {"Results and an error", kClassic, kScore, 200, kJson, R"({"Results":{},"error":{"code":"x"}})",
     false},
    {"Results in an array", kClassic, kScore, 200, kJson, R"([{"Results":{}}])", false},
    {"Results deeper", kClassic, kScore, 200, kJson, R"({"a":{"Results":{}}})", false},
    {"Results in a Python dict: no JSON", kClassic, kScore, 200, kJson, "{'Results':{}}", false},
    {"Results, cut", kClassic, kScore, 200, kJson, R"({"Results":{"output1":[)", false},
    {"Results behind a byte order mark", kClassic, kScore, 200, kJson,
     "\xEF\xBB\xBF{\"Results\":{}}", true},
    {"Results beside bad UTF-8: no JSON", kClassic, kScore, 200, kJson,
     "{\"Results\":{\"a\":\"\xE9\"}}", false},
    {"empty", kClassic, kScore, 204, "", "", false},

    // JSON where JSON is due.
    {"online: a list", kOnlineEndpoint, kScore, 200, kJson, "[3, 7]", true},
    {"online: a bare NaN", kOnlineEndpoint, kScore, 200, kJson, "[NaN]", true},
    {"online: a string", kOnlineEndpoint, kScore, 200, kJson, R"("Healthy")", true},
    {"online: JSON in a string", kOnlineEndpoint, kScore, 200, kJson, R"("{\"result\": [1]}")",
     true},
    {"online: a page", kOnlineEndpoint, kScore, 200, "text/html", "<html>", false},
    {"online: empty", kOnlineEndpoint, kScore, 200, "", "", false},
    {"online, raw: a page that says so", kOnlineEndpoint, kScoreRaw, 200, "text/html", "<html>",
     true},
    {"online, raw: a page without a word", kOnlineEndpoint, kScoreRaw, 200, "", "<html>", false},
    {"online, raw: a page that says JSON", kOnlineEndpoint, kScoreRaw, 200, kJson, "<html>", false},
    {"opaque: a page", kOpaque, kScore, 200, "text/html", "<html>", false},
    {"opaque, raw: a picture", kOpaque, kScoreRaw, 200, "image/png", "\x89PNG", true},
    {"opaque, raw: anything without a word", kOpaque, kScoreRaw, 200, "", "anything", true},
    {"opaque, raw: nothing", kOpaque, kScoreRaw, 204, "", "", true},
    {"opaque, raw: no JSON where the type says it", kOpaque, kScoreRaw, 200,
     "Application/Problem+JSON; charset=utf-8", "anything", false},
    {"opaque, raw: nothing where the type says JSON", kOpaque, kScoreRaw, 200, kJson, "", false},
    {"opaque, raw: JSON with a tail", kOpaque, kScoreRaw, 200, kJson, "[1] x", false},
    {"opaque, raw: bad inside, deep", kOpaque, kScoreRaw, 200, kJson, R"({"a":[[[{"b":tru}]]]})",
     false},

    // An error inside.
    {"error an object", kOpaque, kScore, 200, kJson, R"({"error":{"code":"x"}})", false},
    {"error a text", kOpaque, kScore, 200, kJson, R"({"a":1,"error":"x"})", false},
    {"error an object, raw, type text", kOpaque, kScoreRaw, 200, "text/plain", R"({"error":"x"})",
     false},
    {"error null: none", kOpaque, kScore, 200, kJson, R"({"error":null,"result":[1]})", true},
    {"error false or empty: none", kOpaque, kScore, 200, kJson, R"({"error":"","result":[1]})",
     true},
    {"error deeper: part of the answer", kOpaque, kScore, 200, kJson,
     R"({"results":{"errors":[{"error":"x"}]}})", true},
    {"error in an array: part of the answer", kOpaque, kScore, 200, kJson, R"([{"error":"x"}])",
     true},
    {"flat", kOpaque, kScore, 200, kJson, R"({"statusCode":401,"message":"m"})", false},
    {"flat, capitals", kOpaque, kScore, 200, kJson, R"({"StatusCode":500,"message":"m"})", false},
    {"flat, a good status", kOpaque, kScore, 200, kJson, R"({"statusCode":200,"message":"m"})",
     true},
    {"flat, 399 and 400", kOpaque, kScore, 200, kJson, R"({"statusCode":399,"message":"m"})", true},
    {"a relay that wraps a failed call", kOpaque, kScore, 200, kJson,
     R"({"statusCode":404,"headers":{},"body":{"detail":"x"}})", false},
    {"a relay that wraps a good one", kOpaque, kScore, 200, kJson,
     R"({"statusCode":200,"headers":{},"body":{"detail":"x"}})", true},
    {"flat, no message", kOpaque, kScore, 200, kJson, R"({"statusCode":401})", true},
    {"online: an error in a string, as json.dumps gives it", kOnlineEndpoint, kScore, 200, kJson,
     R"("{\"error\": \"no column\"}")", false},
    {"opaque: a string is a string", kOpaque, kScore, 200, kJson, R"("{\"error\": \"x\"}")", true},

    // Batch.
    {"submit: a quoted id", kClassic, kCreateBatchJob, 200, kJson, "\"0f2a-b\"\n", true},
    {"submit: an unquoted id", kClassic, kCreateBatchJob, 200, kJson, "0f2ab", true},
    {"submit: an id behind a byte order mark", kClassic, kCreateBatchJob, 200, kJson,
     "\xEF\xBB\xBF\"abc123\"", true},
    {"submit: a byte order mark and nothing", kClassic, kCreateBatchJob, 200, kJson, "\xEF\xBB\xBF",
     false},
    {"submit: an object", kClassic, kCreateBatchJob, 200, kJson, R"({"id":"x"})", false},
    {"submit: an error", kClassic, kCreateBatchJob, 200, kJson, R"({"error":"x"})", false},
    {"submit: nothing", kClassic, kCreateBatchJob, 200, kJson, "", false},
    {"submit: an empty id", kClassic, kCreateBatchJob, 200, kJson, "\"\"", false},
    {"submit: null", kClassic, kCreateBatchJob, 200, kJson, "null", false},
    {"submit: words", kClassic, kCreateBatchJob, 200, kJson, "not now", false},
    {"submit: a page", kClassic, kCreateBatchJob, 200, "text/html", "<html>", false},
    {"job running", kClassic, kGetOperation, 200, kJson, R"({"StatusCode":"Running"})", true},
    {"job state a number", kClassic, kGetOperation, 200, kJson,
     R"({"StatusCode":1,"Results":null})", true},
    {"job failed: a success of HTTP", kClassic, kGetOperation, 200, kJson,
     R"({"StatusCode":"Failed","Details":"Module: x"})", true},
    {"job state as the old sample spells it", kClassic, kGetOperation, 200, kJson,
     R"({"Status Code":"Finished","Results":{},})", true},
    {"job state: StatusCode is a status here", kClassic, kGetOperation, 200, kJson,
     R"({"StatusCode":401,"message":"m"})", false},
    {"job state: an error", kClassic, kGetOperation, 200, kJson, R"({"error":"x"})", false},
    {"job state: something else", kClassic, kGetOperation, 200, kJson, R"({"a":1})", false},
    {"job state: a page", kClassic, kGetOperation, 200, kJson, "<html>", false},
};

http::HttpResponse ResponseOf(const SuccessCase& test) {
  http::HttpResponse response;
  response.status = test.status;
  if (!test.content_type.empty()) response.headers.Add("Content-Type", test.content_type);
  response.body = std::string(test.body);
  return response;
}

TEST(IsSuccess, ByKindAndCall) {
  for (const SuccessCase& test : kSuccesses) {
    EXPECT_EQ(IsSuccess(ResponseOf(test), test.kind, test.call), test.success) << test.name;
  }
}

TEST(IsSuccess, OfManyMembersTheLastIsSeenToo) {
  std::string body = "{";
  for (int i = 0; i < 3000; ++i)
    body += "\"m" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  http::HttpResponse response;
  response.status = 200;
  response.body = body + R"("last":1})";
  EXPECT_TRUE(IsSuccess(response, kOnlineEndpoint, kScore));
  response.body = body + R"("error":1})";
  EXPECT_FALSE(IsSuccess(response, kOnlineEndpoint, kScore));
}

TEST(IsSuccess, WithoutABody) {
  http::HttpResponse response;
  for (int status : {200, 202, 204}) {
    response.status = status;
    EXPECT_TRUE(IsSuccessWithoutBody(response)) << status;
  }
  response.status = 304;
  EXPECT_FALSE(IsSuccessWithoutBody(response));
  response.status = 200;
  response.body = "started";
  EXPECT_TRUE(IsSuccessWithoutBody(response));
  for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
    response.body = mark + R"({"error":{"code":"BadArgument"}})";
    EXPECT_FALSE(IsSuccessWithoutBody(response)) << response.body;
  }
}

}  // namespace
}  // namespace scoregate::errorbody
