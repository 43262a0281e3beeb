// Whole translations of what a classic service answers and its catalogue does not list.
#include <gtest/gtest.h>

#include "tests/translation/whole/whole_case.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;
using http::UpstreamKind;

TEST(Translate, ClassicWithoutARow) {
  ReportedError mismatched = Classic("Unauthorized", "ScoreRequestUnauthorized", "");
  mismatched.http_status = 403;
  mismatched.items.push_back({"Zebra", "", ""});
  mismatched.items.push_back({"Apple", "", ""});
  ReportedError empty;
  empty.http_status = 500;
  empty.voice = errorbody::Voice::kApplication;
  empty.header_code = "OutOfCapacity";
  Check({
      {"a documented class under another status", [&] { return Translate(mismatched, Plain()); },
       R"=(
PERMISSION_DENIED: A sentence about the class.
rule application:403
ErrorInfo UPSTREAM_HTTP_403 services.azureml.net
  additionalCodes=Apple,Zebra
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=403
  statusMismatch=true
  upstreamClass=Unauthorized
  upstreamCode=ScoreRequestUnauthorized
UpstreamError http_status: 403 error_class: "Unauthorized" message: "A sentence about the class." items { code: "ScoreRequestUnauthorized" } items { code: "Zebra" } items { code: "Apple" } origin: APPLICATION rule: "application:403")="},
      {"an undocumented class",
       [] {
         return Translate(
             ReadAnswer({500,
                         R"({"error":{"code":"GetWorkspaceFailed","message":"No such workspace"}})",
                         UpstreamKind::kClassic,
                         {{"x-ms-request-id", "0f8fad5b"}}}),
             Plain());
       },
       R"=(
INTERNAL: No such workspace
rule application:500
ErrorInfo UPSTREAM_HTTP_500 services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=UPSTREAM
  httpStatus=500
  upstreamClass=GetWorkspaceFailed
UpstreamError http_status: 500 error_class: "GetWorkspaceFailed" message: "No such workspace" origin: APPLICATION rule: "application:500" request_ids { key: "x-ms-request-id" value: "0f8fad5b" })="},
      {"a code in a header alone", [&] { return Translate(empty, Plain()); }, R"=(
INTERNAL: The upstream answered with HTTP status 500.
rule application:500
ErrorInfo UPSTREAM_HTTP_500 services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=UPSTREAM
  httpStatus=500
  upstreamClass=OutOfCapacity
UpstreamError http_status: 500 error_class: "OutOfCapacity" origin: APPLICATION rule: "application:500")="},
      {"200 without results",
       [] {
         return Translate(ReadAnswer({200, R"({"rows":1})", UpstreamKind::kClassic, {}}), Plain());
       },
       R"=(
INTERNAL: The upstream answered with HTTP status 200, but not with a result that can be read.
rule success:200
ErrorInfo UPSTREAM_RESPONSE_INVALID gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=UPSTREAM
  httpStatus=200
  upstreamMessage={"rows":1}
UpstreamError http_status: 200 message: "{\"rows\":1}" origin: GATEWAY rule: "success:200")="},
      {"200 that reports another status",
       [] {
         return Translate(ReadAnswer({200,
                                      R"({"StatusCode":401,"message":"Access denied"})",
                                      UpstreamKind::kClassic,
                                      {}}),
                          Plain());
       },
       R"=(
UNAUTHENTICATED: Access denied
rule success:200/401
ErrorInfo UPSTREAM_HTTP_401 services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=GATEWAY
  httpStatus=200
UpstreamError http_status: 200 message: "Access denied" origin: APPLICATION rule: "success:200/401")="},
      {"200 from a landing page",
       [] {
         return Translate(
             ReadAnswer({200, "<html><title>Sign in</title></html>", UpstreamKind::kClassic, {}}),
             Plain());
       },
       R"=(
INTERNAL: The upstream answered with HTTP status 200, but not with a result that can be read.
rule success:200
ErrorInfo UPSTREAM_RESPONSE_INVALID gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=UPSTREAM
  httpStatus=200
  upstreamMessage=Sign in
UpstreamError http_status: 200 message: "Sign in" origin: GATEWAY rule: "success:200")="},
  });
}

}  // namespace
}  // namespace scoregate::translation
