// Whole translations of what any HTTP server answers, and what stands before it.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/translation/whole/whole_case.h"

namespace scoregate::translation {
namespace {

using http::UpstreamKind;

const endpoint::EndpointSettings& BehindAProxy() {
  static const endpoint::EndpointSettings settings = [] {
    endpoint::EndpointSettings made;
    made.error_voice = endpoint::ErrorVoice::kIntermediary;
    return made;
  }();
  return settings;
}

constexpr char kQuotaStatus[] = R"=({"error": {
  "code": 429, "message": "Quota", "status": "RESOURCE_EXHAUSTED", "details": [
    {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE", "domain": "x.example"},
    {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "2.5s"},
    {"@type": "type.googleapis.com/google.rpc.Help", "links": [
      {"description": "More", "url": "https://x.example/quota"},
      {"description": "Script", "url": "javascript:alert(1)"}]},
    {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "theirs"},
    {"@type": "type.googleapis.com/google.rpc.DebugInfo", "detail": "not for callers"}]}})=";

TEST(Translate, Opaque) {
  auto read = [](int status, const char* body,
                 std::vector<std::pair<std::string, std::string>> headers) {
    return ReadAnswer({status, body, UpstreamKind::kOpaque, std::move(headers)});
  };
  Check({
      {"an application's 503 whose handler threw",
       [&] {
         return Translate(
             read(503, R"({"code":503,"type":"InternalServerException","message":"no"})",
                  {{"retry-after", "9"}}),
             Opaque());
       },
       R"=(
INTERNAL: no
rule application:503
ErrorInfo UPSTREAM_HTTP_503 upstream.scoregate
  errorOrigin=APPLICATION
  faultDomain=MODEL
  httpStatus=503
  retryAfterMs=9000
  upstreamClass=InternalServerException
  upstreamCode=InternalServerException
UpstreamError http_status: 503 error_class: "InternalServerException" message: "no" origin: APPLICATION rule: "application:503" retry_source: HEADER)="},
      {"a hint in the body",
       [&] {
         return Translate(
             read(503, R"({"error":"Model x is currently loading","estimated_time":118.0})", {}),
             Opaque());
       },
       R"=(
UNAVAILABLE: Model x is currently loading
rule application:503
pushback -1
ErrorInfo UPSTREAM_HTTP_503 upstream.scoregate
  errorOrigin=APPLICATION
  faultDomain=UPSTREAM
  httpStatus=503
RetryInfo retry_delay { seconds: 118 }
UpstreamError http_status: 503 message: "Model x is currently loading" origin: APPLICATION rule: "application:503" retry_source: BODY)="},
      {"the outermost and the innermost code",
       [&] {
         return Translate(read(400,
                               R"({"error":{"code":"Bad","message":"m",)"
                               R"("innererror":{"code":"Worse","innererror":{"code":"Worst"}}}})",
                               {}),
                          Opaque());
       },
       R"=(
INVALID_ARGUMENT: m
rule application:400
ErrorInfo UPSTREAM_HTTP_400 upstream.scoregate
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  upstreamClass=Bad
  upstreamCode=Worst
UpstreamError http_status: 400 error_class: "Bad" message: "m" origin: APPLICATION rule: "application:400")="},
      {"a google.rpc.Status as JSON",
       [&] { return Translate(read(429, kQuotaStatus, {}), Opaque()); }, R"=(
RESOURCE_EXHAUSTED: Quota
rule rpc_status:429/RESOURCE_EXHAUSTED
pushback 2500
ErrorInfo UPSTREAM_HTTP_429 upstream.scoregate
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=429
  upstreamClass=429
  upstreamCode=429
  upstreamDomain=x.example
  upstreamReason=RATE
RetryInfo retry_delay { seconds: 2 nanos: 500000000 }
Help links { description: "More" url: "https://x.example/quota" }
UpstreamError http_status: 429 error_class: "429" message: "Quota" origin: APPLICATION rule: "rpc_status:429/RESOURCE_EXHAUSTED" retry_source: BODY)="},
      {"a canonical code of another family does not decide",
       [&] {
         return Translate(
             read(400, R"({"error":{"code":400,"message":"m","status":"UNAVAILABLE"}})", {}),
             Opaque());
       },
       R"=(
INVALID_ARGUMENT: m
rule application:400
ErrorInfo UPSTREAM_HTTP_400 upstream.scoregate
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  statusMismatch=true
  upstreamClass=400
  upstreamCode=400
UpstreamError http_status: 400 error_class: "400" message: "m" origin: APPLICATION rule: "application:400")="},
      {"a proxy's page",
       [&] {
         return Translate(read(502, "<html><title>502 Bad Gateway</title></html>", {}), Opaque());
       },
       R"=(
UNAVAILABLE: 502 Bad Gateway
rule intermediary:502
pushback 1000
ErrorInfo INTERMEDIARY_RESPONSE intermediary.scoregate
  errorOrigin=INTERMEDIARY
  faultDomain=UPSTREAM
  httpStatus=502
RetryInfo retry_delay { seconds: 1 }
UpstreamError http_status: 502 message: "502 Bad Gateway" origin: INTERMEDIARY rule: "intermediary:502")="},
      {"a proxy's page, for a call that must not be made twice",
       [&] {
         CallFacts facts = Opaque();
         facts.idempotent = false;
         return Translate(read(502, "<html><title>502 Bad Gateway</title></html>", {}), facts);
       },
       R"=(
UNAVAILABLE: 502 Bad Gateway
rule intermediary:502
pushback -1
ErrorInfo INTERMEDIARY_RESPONSE intermediary.scoregate
  errorOrigin=INTERMEDIARY
  faultDomain=UPSTREAM
  httpStatus=502
UpstreamError http_status: 502 message: "502 Bad Gateway" origin: INTERMEDIARY rule: "intermediary:502")="},
      {"an application's word where all is read as a proxy's",
       [&] {
         return Translate(read(404, R"({"error":"no such model"})", {}),
                          With(Opaque(), BehindAProxy()));
       },
       R"=(
UNIMPLEMENTED: no such model
rule intermediary:404
ErrorInfo INTERMEDIARY_RESPONSE intermediary.scoregate
  errorOrigin=INTERMEDIARY
  faultDomain=UPSTREAM
  httpStatus=404
UpstreamError http_status: 404 message: "no such model" origin: INTERMEDIARY rule: "intermediary:404")="},
      {"a redirect says no more than its host",
       [&] {
         return Translate(read(302, "Found. Redirecting to https://login.example.com/?t=secret",
                               {{"location", "https://login.example.com/?t=secret"}}),
                          Opaque());
       },
       R"=(
UNKNOWN: The upstream answered with HTTP status 302 and points to the host login.example.com; the gateway follows no redirects.
rule intermediary:302
ErrorInfo INTERMEDIARY_RESPONSE intermediary.scoregate
  errorOrigin=INTERMEDIARY
  faultDomain=UPSTREAM
  httpStatus=302
UpstreamError http_status: 302 origin: INTERMEDIARY rule: "intermediary:302")="},
  });
}

}  // namespace
}  // namespace scoregate::translation
