#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"google.rpc.Status wrapped: code stays the number, rpc has the name", kOpaque, 400, "",
     "@google_rpc.json",
     "google_rpc: application\nouter: 400\ninner: 400\nmessage: The model is not deployed.\n"
     "rpc: FAILED_PRECONDITION/9\n"
     "rpc google.rpc.ErrorInfo: {\"@type\": \"type.googleapis.com/google.rpc.ErrorInfo\", \"reason\": \"NOT_DEPLOYED\", \"domain\": \"aiplatform.googleapis.com\"}\n"
     "rpc google.rpc.RetryInfo: {\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": \"3s\"}\n",
     "FAILED_PRECONDITION UPSTREAM_HTTP_400, class 400, code 400, unused hint 3000, said in BODY"},
    {"google.rpc.Status bare, with a number only", kOpaque, 404, "",
     R"j({"code":5,"message":"Not Found","details":[]})j",
     "google_rpc: application\nouter: 5\ninner: 5\nmessage: Not Found\nrpc: /5\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class 5, code 5"},
    {"google.rpc.Status bare beside an older error text", kOpaque, 404, "",
     R"j({"error":"Not Found","code":5,"message":"Not Found"})j",
     "google_rpc: application\nouter: 5\ninner: 5\nmessage: Not Found\nrpc: /5\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class 5, code 5"},
    {"google.rpc.Status bare, HTTP status and name", kOpaque, 503, "",
     R"j({"code":503,"message":"busy","status":"UNAVAILABLE"})j",
     "google_rpc: application\nouter: 503\ninner: 503\nmessage: busy\nrpc: UNAVAILABLE/14\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, class 503, code 503, retry 1000 ms, pushback 1000"},
    {"a detail without a type is omitted", kOpaque, 400, "",
     R"j({"error":{"code":3,"message":"m","details":[{"@type":"t/a.B","x":1},{"y":2}]}})j",
     "google_rpc: application\nouter: 3\ninner: 3\nmessage: m\nomitted: 1\nrpc: /3\n"
     "rpc a.B: {\"@type\":\"t/a.B\",\"x\":1}\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 3, code 3"},
    {"Vertex AI wraps it in a list; its status is trusted", kOpaque, 400,
     "",
     R"j([{"error":{"code":400,"message":"The endpoint has no deployed model.","status":"FAILED_PRECONDITION"}}])j",
     "google_rpc: application\nouter: 400\ninner: 400\n"
     "message: The endpoint has no deployed model.\nrpc: FAILED_PRECONDITION/9\n",
     "FAILED_PRECONDITION UPSTREAM_HTTP_400, class 400, code 400"},
    {"AIP-193: violations pass, a reason that is none does not", kOpaque, 400,
     "",
     R"j({"error":{"code":400,"message":"Bad.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"instances[0].age","description":"not a number","reason":"not-upper"}]}]}})j",
     "google_rpc: application\nouter: 400\ninner: 400\nmessage: Bad.\nrpc: INVALID_ARGUMENT/3\n"
     "rpc google.rpc.BadRequest: {\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"instances[0].age\",\"description\":\"not a number\",\"reason\":\"not-upper\"}]}\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 400, code 400, fields instances[0].age"},
    {"RetryInfo in a 503: a field of the body", kOpaque, 503,
     "",
     R"j({"error":{"code":503,"message":"busy","status":"UNAVAILABLE","details":[{"@type":"t/google.rpc.RetryInfo","retryDelay":"3.5s"}]}})j",
     "google_rpc: application\nouter: 503\ninner: 503\nmessage: busy\nrpc: UNAVAILABLE/14\n"
     "rpc google.rpc.RetryInfo: {\"@type\":\"t/google.rpc.RetryInfo\",\"retryDelay\":\"3.5s\"}\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, class 503, code 503, retry 3500 ms, pushback 3500, said in BODY"},
    {"a status of another family does not decide", kOpaque, 400,
     "",
     R"j({"error":{"code":400,"message":"m","status":"INTERNAL"}})j",
     "google_rpc: application\nouter: 400\ninner: 400\nmessage: m\nrpc: INTERNAL/13\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 400, code 400"},
};
// clang-format on

}  // namespace

std::span<const Case> GoogleRpcRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
