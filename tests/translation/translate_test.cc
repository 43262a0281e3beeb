// Whole translations: what goes in, and every word that comes out.
#include "gateway/translation/translate.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "gateway/catalogue/message_template.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;
using http::Fault;
using http::FaultKind;
using http::UpstreamKind;

struct Case {
  const char* name;
  std::function<Translation()> translate;
  const char* expected;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ("\n" + TextOf(c.translate()), c.expected) << "CASE: " << c.name;
  }
}

std::string Message(std::string_view error_class, std::string_view code,
                    const catalogue::Parameters& values) {
  return catalogue::ComposeMessage(error_class, code, values);
}

CallFacts Plain() {
  return FactsOf(UpstreamKind::kClassic);
}
CallFacts Online() {
  return FactsOf(UpstreamKind::kOnlineEndpoint);
}
CallFacts Opaque() {
  return FactsOf(UpstreamKind::kOpaque);
}

CallFacts Churn() {
  CallFacts facts = Plain();
  facts.endpoint = "churn";
  return facts;
}

CallFacts Korean() {
  CallFacts facts = Churn();
  facts.accept_language = "ko";
  facts.request_id = "req-1";
  return facts;
}

CallFacts Raw() {
  CallFacts facts = Plain();
  facts.call = http::CallKind::kScoreRaw;
  facts.idempotent = false;
  return facts;
}

CallFacts With(CallFacts facts, const endpoint::EndpointSettings& settings) {
  facts.settings = &settings;
  return facts;
}

const endpoint::EndpointSettings& Reinterpreting() {
  static const endpoint::EndpointSettings settings = [] {
    endpoint::EndpointSettings made;
    made.gateway_faults = endpoint::GatewayFaults::kReinterpret;
    return made;
  }();
  return settings;
}

const endpoint::EndpointSettings& Declaring() {
  static const endpoint::EndpointSettings settings = [] {
    endpoint::EndpointSettings made;
    made.inputs = {"input1"};
    made.parameters = {"alpha"};
    made.locale = "ko-KR";
    made.limits.max_in_flight = 4;
    made.address.path = "/workspaces/w0/services/s0/";
    return made;
  }();
  return settings;
}

const endpoint::EndpointSettings& BehindAProxy() {
  static const endpoint::EndpointSettings settings = [] {
    endpoint::EndpointSettings made;
    made.error_voice = endpoint::ErrorVoice::kIntermediary;
    return made;
  }();
  return settings;
}

ReportedError Targeted(std::string_view error_class, std::string_view code,
                       std::string_view target) {
  ReportedError error = Classic(error_class, code, "");
  error.items.front().target = target;
  return error;
}

ReportedError WithHint(ReportedError error, std::chrono::milliseconds hint) {
  error.header_retry_delay = hint;
  return error;
}

TEST(Translate, ClassicCatalogue) {
  Check({
      {"RequestThrottled with all that a call can bring",
       [] {
         return Translate(
             Classic("ServiceUnavailable", "RequestThrottled",
                     Message("ServiceUnavailable", "RequestThrottled", {"churn", "200"})),
             Korean());
       },
       R"=(
RESOURCE_EXHAUSTED: The endpoint churn is at its limit of 200 concurrent calls.
rule catalogue:ServiceUnavailable/RequestThrottled
pushback 1000
ErrorInfo REQUEST_THROTTLED services.azureml.net
  endpoint=churn
  endpointName=churn
  errorOrigin=APPLICATION
  faultDomain=UPSTREAM
  httpStatus=503
  maxConcurrency=200
  upstreamClass=ServiceUnavailable
  upstreamCode=RequestThrottled
RetryInfo retry_delay { seconds: 1 }
QuotaFailure violations { subject: "endpoint:churn" description: "The endpoint churn is at its limit of 200 concurrent calls." quota_id: "MaxConcurrentCallsPerEndpoint" quota_dimensions { key: "endpoint" value: "churn" } quota_value: 200 }
RequestInfo request_id: "req-1"
Help links { description: "Documentation of ServiceUnavailable" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#serviceunavailable-http-status-code-503" }
LocalizedMessage locale: "ko-KR" message: "엔드포인트 churn의 동시 호출이 한도인 200개에 이르렀습니다."
UpstreamError http_status: 503 error_class: "ServiceUnavailable" message: "A sentence about the class." items { code: "RequestThrottled" message: "throttled for churn endpoint. The maximum for the endpoint is 200." } origin: APPLICATION rule: "catalogue:ServiceUnavailable/RequestThrottled")="},
      {"a wording that is not the documented one",
       [] {
         return Translate(
             WithHint(Classic("ServiceUnavailable", "RequestThrottled", "Slow down, please."),
                      std::chrono::milliseconds(7000)),
             Plain());
       },
       R"=(
RESOURCE_EXHAUSTED: The endpoint is at its limit of concurrent calls.
rule catalogue:ServiceUnavailable/RequestThrottled
pushback 7000
ErrorInfo REQUEST_THROTTLED services.azureml.net
  endpointName=
  errorOrigin=APPLICATION
  faultDomain=UPSTREAM
  httpStatus=503
  maxConcurrency=
  upstreamClass=ServiceUnavailable
  upstreamCode=RequestThrottled
  upstreamMessage=Slow down, please.
RetryInfo retry_delay { seconds: 7 }
QuotaFailure violations { subject: "endpoint" description: "The endpoint is at its limit of concurrent calls." quota_id: "MaxConcurrentCallsPerEndpoint" }
Help links { description: "Documentation of ServiceUnavailable" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#serviceunavailable-http-status-code-503" }
UpstreamError http_status: 503 error_class: "ServiceUnavailable" message: "A sentence about the class." items { code: "RequestThrottled" message: "Slow down, please." } origin: APPLICATION rule: "catalogue:ServiceUnavailable/RequestThrottled" retry_source: HEADER)="},
      {"a class without a code",
       [] { return Translate(Classic("NotFound", "", "Nothing here."), Churn()); }, R"=(
NOT_FOUND: What the call refers to does not exist upstream.
rule catalogue:NotFound
ErrorInfo NOT_FOUND services.azureml.net
  endpoint=churn
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=404
  upstreamClass=NotFound
  upstreamMessage=Nothing here.
ResourceInfo resource_type: "Endpoint" resource_name: "churn" description: "What the call refers to does not exist upstream."
Help links { description: "Documentation of NotFound" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#notfound-http-status-code-404" }
UpstreamError http_status: 404 error_class: "NotFound" message: "Nothing here." origin: APPLICATION rule: "catalogue:NotFound")="},
      {"a row whose words the documentation gives",
       [] { return Translate(Classic("BadArgument", "UnknownError", "Unknown  error."), Plain()); },
       R"=(
INVALID_ARGUMENT: The endpoint rejected the call as wrong but did not say why.
rule catalogue:BadArgument/UnknownError
ErrorInfo BAD_ARGUMENT_UNKNOWN_ERROR services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  upstreamClass=BadArgument
  upstreamCode=UnknownError
Help links { description: "Documentation of BadArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#badargument-http-status-code-400" }
UpstreamError http_status: 400 error_class: "BadArgument" message: "A sentence about the class." items { code: "UnknownError" message: "Unknown  error." } origin: APPLICATION rule: "catalogue:BadArgument/UnknownError")="},
      {"an unknown code keeps the class's verdict",
       [] {
         return Translate(
             Classic("LibraryExecutionError", "FailedToEvaluateRScript", "object 'x' not found"),
             Churn());
       },
       R"=(
FAILED_PRECONDITION: A library that the model uses failed on this call.
rule catalogue:LibraryExecutionError
ErrorInfo LIBRARY_EXECUTION_ERROR services.azureml.net
  endpoint=churn
  errorOrigin=APPLICATION
  faultDomain=MODEL
  httpStatus=400
  upstreamClass=LibraryExecutionError
  upstreamCode=FailedToEvaluateRScript
  upstreamMessage=object 'x' not found
PreconditionFailure violations { type: "MODEL_EXECUTION" subject: "churn" description: "A library that the model uses failed on this call." }
Help links { description: "Documentation of LibraryExecutionError" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#libraryexecutionerror-http-status-code-400" }
UpstreamError http_status: 400 error_class: "LibraryExecutionError" message: "A sentence about the class." items { code: "FailedToEvaluateRScript" message: "object \'x\' not found" } origin: APPLICATION rule: "catalogue:LibraryExecutionError")="},
      {"a secret in a parameter",
       [] {
         return Translate(
             Classic("BadArgument", "BlobNotFound",
                     Message("BadArgument", "BlobNotFound",
                             {"https://a.blob.core.windows.net/c/x.csv?sv=1&sig=c2VjcmV0c2VjcmV0",
                              "Server failed to authenticate"})),
             Plain());
       },
       R"=(
NOT_FOUND: The blob https://a.blob.core.windows.net/c/x.csv?[redacted] could not be reached; storage answered: Server failed to authenticate.
rule catalogue:BadArgument/BlobNotFound
ErrorInfo BLOB_NOT_FOUND services.azureml.net
  blobUri=https://a.blob.core.windows.net/c/x.csv?[redacted]
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  storageError=Server failed to authenticate
  upstreamClass=BadArgument
  upstreamCode=BlobNotFound
ResourceInfo resource_type: "AzureBlob" resource_name: "https://a.blob.core.windows.net/c/x.csv?[redacted]" description: "Server failed to authenticate"
Help links { description: "Documentation of BadArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#badargument-http-status-code-400" }
UpstreamError http_status: 400 error_class: "BadArgument" message: "A sentence about the class." items { code: "BlobNotFound" message: "provided Azure blob - https://a.blob.core.windows.net/c/x.csv?[redacted]. Azure error message: Server failed to authenticate." } origin: APPLICATION rule: "catalogue:BadArgument/BlobNotFound")="},
      {"one violation for each name",
       [] {
         return Translate(
             Classic("BadArgument", "InvalidInputNames",
                     Message("BadArgument", "InvalidInputNames", {"age, \"zip code\"", ""})),
             Plain());
       },
       R"=(
INVALID_ARGUMENT: The endpoint has no inputs called: age, "zip code".
rule catalogue:BadArgument/InvalidInputNames
ErrorInfo INVALID_INPUT_NAMES services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  inputNames=age, "zip code"
  upstreamClass=BadArgument
  upstreamCode=InvalidInputNames
BadRequest field_violations { field: "inputs[\"age\"]" description: "The endpoint has no inputs called: age, \"zip code\"." reason: "INVALID_INPUT_NAMES" } field_violations { field: "inputs[\"zip code\"]" description: "The endpoint has no inputs called: age, \"zip code\"." reason: "INVALID_INPUT_NAMES" }
Help links { description: "Documentation of BadArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#badargument-http-status-code-400" }
UpstreamError http_status: 400 error_class: "BadArgument" message: "A sentence about the class." items { code: "InvalidInputNames" message: "specified in the request: age, \"zip code\". Please map the input data." } origin: APPLICATION rule: "catalogue:BadArgument/InvalidInputNames")="},
      {"what the gateway supplied is the gateway's fault",
       [] {
         return Translate(Classic("BadArgument", "BadVersionCall",
                                  Message("BadArgument", "BadVersionCall", {"3.0", ""})),
                          Plain());
       },
       R"=(
INVALID_ARGUMENT: The endpoint does not serve the API version '3.0'.
rule catalogue:BadArgument/BadVersionCall
ErrorInfo BAD_VERSION_CALL services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=GATEWAY
  httpStatus=400
  upstreamClass=BadArgument
  upstreamCode=BadVersionCall
  version=3.0
Help links { description: "Documentation of BadArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#badargument-http-status-code-400" }
UpstreamError http_status: 400 error_class: "BadArgument" message: "A sentence about the class." items { code: "BadVersionCall" message: "during the API call: 3.0. Check the API help page." } origin: APPLICATION rule: "catalogue:BadArgument/BadVersionCall")="},
      {"the gateway encodes the body of Score",
       [] { return Translate(Classic("BadArgument", "RequestBodyInvalid", ""), Plain()); },
       R"=(
INVALID_ARGUMENT: The endpoint found no request body, or one that it could not read.
rule catalogue:BadArgument/RequestBodyInvalid
ErrorInfo REQUEST_BODY_INVALID services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=GATEWAY
  httpStatus=400
  upstreamClass=BadArgument
  upstreamCode=RequestBodyInvalid
Help links { description: "Documentation of BadArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#badargument-http-status-code-400" }
UpstreamError http_status: 400 error_class: "BadArgument" message: "A sentence about the class." items { code: "RequestBodyInvalid" } origin: APPLICATION rule: "catalogue:BadArgument/RequestBodyInvalid")="},
      {"the caller writes the body of ScoreRaw",
       [] { return Translate(Classic("BadArgument", "RequestBodyInvalid", ""), Raw()); },
       R"=(
INVALID_ARGUMENT: The endpoint found no request body, or one that it could not read.
rule catalogue:BadArgument/RequestBodyInvalid
ErrorInfo REQUEST_BODY_INVALID services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  upstreamClass=BadArgument
  upstreamCode=RequestBodyInvalid
BadRequest field_violations { field: "body" description: "The endpoint found no request body, or one that it could not read." reason: "REQUEST_BODY_INVALID" }
Help links { description: "Documentation of BadArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#badargument-http-status-code-400" }
UpstreamError http_status: 400 error_class: "BadArgument" message: "A sentence about the class." items { code: "RequestBodyInvalid" } origin: APPLICATION rule: "catalogue:BadArgument/RequestBodyInvalid")="},
      {"a quota that no wait mends",
       [] {
         return Translate(
             WithHint(Classic("MemoryQuotaViolation", "OutOfMemoryLimit",
                              Message("MemoryQuotaViolation", "OutOfMemoryLimit", {"2048", ""})),
                      std::chrono::milliseconds(1500)),
             Churn());
       },
       R"=(
RESOURCE_EXHAUSTED: The model went over the 2048 MB of memory that it may use.
rule catalogue:MemoryQuotaViolation/OutOfMemoryLimit
pushback -1
ErrorInfo OUT_OF_MEMORY_LIMIT services.azureml.net
  endpoint=churn
  errorOrigin=APPLICATION
  faultDomain=MODEL
  httpStatus=413
  memoryLimitMegabytes=2048
  retryAfterMs=1500
  upstreamClass=MemoryQuotaViolation
  upstreamCode=OutOfMemoryLimit
QuotaFailure violations { subject: "endpoint:churn" description: "The model went over the 2048 MB of memory that it may use." quota_metric: "services.azureml.net/model_memory_megabytes" quota_id: "MaxModelMemory" quota_value: 2048 }
Help links { description: "Documentation of MemoryQuotaViolation" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#memoryquotaviolation-http-status-code-413" }
UpstreamError http_status: 413 error_class: "MemoryQuotaViolation" message: "A sentence about the class." items { code: "OutOfMemoryLimit" message: "memory for the model is 2048 MB. Please check." } origin: APPLICATION rule: "catalogue:MemoryQuotaViolation/OutOfMemoryLimit" retry_source: HEADER)="},
      {"the wrong key",
       [] { return Translate(Classic("Unauthorized", "ScoreRequestUnauthorized", ""), Churn()); },
       R"=(
UNAUTHENTICATED: The key of this scoring call is not a key of the endpoint.
rule catalogue:Unauthorized/ScoreRequestUnauthorized
ErrorInfo SCORE_REQUEST_UNAUTHORIZED services.azureml.net
  endpoint=churn
  errorOrigin=APPLICATION
  faultDomain=GATEWAY
  httpStatus=401
  upstreamClass=Unauthorized
  upstreamCode=ScoreRequestUnauthorized
ResourceInfo resource_type: "ScorePlane" resource_name: "churn" description: "The key of this scoring call is not a key of the endpoint."
Help links { description: "Documentation of Unauthorized" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#unauthorized-http-status-code-401" }
UpstreamError http_status: 401 error_class: "Unauthorized" message: "A sentence about the class." items { code: "ScoreRequestUnauthorized" } origin: APPLICATION rule: "catalogue:Unauthorized/ScoreRequestUnauthorized")="},
      {"the wrong key where such faults are reinterpreted",
       [] {
         return Translate(Classic("Unauthorized", "ScoreRequestUnauthorized", ""),
                          With(Plain(), Reinterpreting()));
       },
       R"=(
INTERNAL: The key of this scoring call is not a key of the endpoint.
rule catalogue:Unauthorized/ScoreRequestUnauthorized+reinterpret
ErrorInfo SCORE_REQUEST_UNAUTHORIZED services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=GATEWAY
  httpStatus=401
  upstreamClass=Unauthorized
  upstreamCode=ScoreRequestUnauthorized
ResourceInfo resource_type: "ScorePlane" description: "The key of this scoring call is not a key of the endpoint."
Help links { description: "Documentation of Unauthorized" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#unauthorized-http-status-code-401" }
UpstreamError http_status: 401 error_class: "Unauthorized" message: "A sentence about the class." items { code: "ScoreRequestUnauthorized" } origin: APPLICATION rule: "catalogue:Unauthorized/ScoreRequestUnauthorized+reinterpret")="},
      {"ids of the route name the resource",
       [] {
         return Translate(Classic("NotFound", "WebServiceNotFound", ""),
                          With(Churn(), Declaring()));
       },
       R"=(
NOT_FOUND: No web service has the id that the call gives.
rule catalogue:NotFound/WebServiceNotFound
ErrorInfo WEB_SERVICE_NOT_FOUND services.azureml.net
  endpoint=churn
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=404
  upstreamClass=NotFound
  upstreamCode=WebServiceNotFound
ResourceInfo resource_type: "WebService" resource_name: "s0" owner: "workspace:w0" description: "No web service has the id that the call gives."
Help links { description: "Documentation of NotFound" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#notfound-http-status-code-404" }
LocalizedMessage locale: "ko-KR" message: "호출에 적힌 ID의 웹 서비스가 없습니다."
UpstreamError http_status: 404 error_class: "NotFound" message: "A sentence about the class." items { code: "WebServiceNotFound" } origin: APPLICATION rule: "catalogue:NotFound/WebServiceNotFound")="},
      {"a target that is a declared input",
       [] {
         return Translate(Targeted("BadUserArgument", "InputMismatchError", "input1"),
                          With(Plain(), Declaring()));
       },
       R"=(
INVALID_ARGUMENT: The columns of an input table are not those that the model expects.
rule catalogue:BadUserArgument/InputMismatchError
ErrorInfo INPUT_MISMATCH_ERROR services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  upstreamClass=BadUserArgument
  upstreamCode=InputMismatchError
BadRequest field_violations { field: "inputs[\"input1\"]" description: "The columns of an input table are not those that the model expects." reason: "INPUT_MISMATCH_ERROR" }
Help links { description: "Documentation of BadUserArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#baduserargument-http-status-code-400" }
LocalizedMessage locale: "ko-KR" message: "입력 표의 열이 모델이 받는 열과 다릅니다."
UpstreamError http_status: 400 error_class: "BadUserArgument" message: "A sentence about the class." items { code: "InputMismatchError" target: "input1" } origin: APPLICATION rule: "catalogue:BadUserArgument/InputMismatchError")="},
      {"a target that nobody declared names no field",
       [] {
         return Translate(Targeted("BadArgument", "Unheard", "Execute R Script"),
                          With(Plain(), Declaring()));
       },
       R"=(
INVALID_ARGUMENT: The endpoint rejected an argument of the call.
rule catalogue:BadArgument
ErrorInfo BAD_ARGUMENT services.azureml.net
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=400
  upstreamClass=BadArgument
  upstreamCode=Unheard
Help links { description: "Documentation of BadArgument" url: "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/web-service-error-codes#badargument-http-status-code-400" }
LocalizedMessage locale: "ko-KR" message: "엔드포인트가 호출의 인수를 거부했습니다."
UpstreamError http_status: 400 error_class: "BadArgument" message: "A sentence about the class." items { code: "Unheard" target: "Execute R Script" } origin: APPLICATION rule: "catalogue:BadArgument")="},
  });
}

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

TEST(Translate, OnlineEndpoint) {
  auto read = [](int status, const char* body,
                 std::vector<std::pair<std::string, std::string>> headers) {
    return ReadAnswer({status, body, UpstreamKind::kOnlineEndpoint, std::move(headers)});
  };
  Check({
      {"the container failed",
       [&] {
         return Translate(read(424, R"({"message":"Check the logs."})",
                               {{"ms-azureml-model-error-statuscode", "500"},
                                {"ms-azureml-model-error-reason", "model_error"}}),
                          Online());
       },
       R"=(
INTERNAL: Check the logs.
rule model:424/500
ErrorInfo MODEL_ERROR inference.ml.azure.com
  errorOrigin=APPLICATION
  faultDomain=MODEL
  httpStatus=424
  modelErrorReason=model_error
  modelHttpStatus=500
UpstreamError http_status: 424 message: "Check the logs." origin: APPLICATION rule: "model:424/500")="},
      {"the container answered 201",
       [&] {
         return Translate(read(424, "[1]", {{"ms-azureml-model-error-statuscode", "201"}}),
                          Online());
       },
       R"=(
INTERNAL: The model's container answered with HTTP status 201.
rule model:424/201
ErrorInfo UPSTREAM_RESPONSE_INVALID gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=MODEL
  httpStatus=424
  modelHttpStatus=201
  upstreamMessage=[1]
UpstreamError http_status: 424 message: "[1]" origin: GATEWAY rule: "model:424/201")="},
      {"overloaded, the body emptied",
       [&] {
         CallFacts facts = Online();
         facts.endpoint = "churn";
         facts.previous_attempts = 2;
         return Translate(
             read(424, "", {{"ms-azureml-model-error-reason", "too_many_pending_request"}}), facts);
       },
       R"=(
RESOURCE_EXHAUSTED: Too many requests are waiting for the model.
rule model:424/too_many_pending_request
pushback 4000
ErrorInfo MODEL_OVERLOADED inference.ml.azure.com
  endpoint=churn
  errorOrigin=APPLICATION
  faultDomain=MODEL
  httpStatus=424
  modelErrorReason=too_many_pending_request
RetryInfo retry_delay { seconds: 4 }
QuotaFailure violations { subject: "endpoint:churn" description: "Too many requests are waiting for the model." quota_id: "MaxConcurrentRequestsPerInstance" }
UpstreamError http_status: 424 origin: APPLICATION rule: "model:424/too_many_pending_request")="},
      {"no deployment takes traffic",
       [&] { return Translate(read(404, "not found", {}), Online()); }, R"=(
NOT_FOUND: not found
rule application:404
ErrorInfo UPSTREAM_HTTP_404 inference.ml.azure.com
  errorOrigin=APPLICATION
  faultDomain=CALLER
  httpStatus=404
ResourceInfo resource_type: "Endpoint" description: "not found"
UpstreamError http_status: 404 message: "not found" origin: APPLICATION rule: "application:404")="},
      {"a page that is not the endpoint's",
       [&] { return Translate(read(404, "<html><title>Oops</title>", {}), Online()); }, R"=(
UNIMPLEMENTED: Oops
rule intermediary:404
ErrorInfo INTERMEDIARY_RESPONSE intermediary.scoregate
  errorOrigin=INTERMEDIARY
  faultDomain=UPSTREAM
  httpStatus=404
UpstreamError http_status: 404 message: "Oops" origin: INTERMEDIARY rule: "intermediary:404")="},
      {"the bare token of the front end",
       [&] { return Translate(read(401, "key_auth_access_denied", {}), Online()); }, R"=(
UNAUTHENTICATED: key_auth_access_denied
rule application:401
ErrorInfo UPSTREAM_HTTP_401 inference.ml.azure.com
  errorOrigin=APPLICATION
  faultDomain=GATEWAY
  httpStatus=401
UpstreamError http_status: 401 message: "key_auth_access_denied" origin: APPLICATION rule: "application:401")="},
  });
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

TEST(Translate, Faults) {
  auto missing = [](FaultKind kind, const char* resource) {
    Fault fault(kind, "");
    fault.resource = resource;
    return fault;
  };
  Check({
      {"no connection",
       [] { return Translate(Fault(FaultKind::kConnectFailed, "10.0.0.1:443 refused"), Korean()); },
       R"=(
UNAVAILABLE: 10.0.0.1:443 refused
rule gateway:connect
pushback 1000
ErrorInfo UPSTREAM_UNREACHABLE gateway.scoregate
  endpoint=churn
  errorOrigin=GATEWAY
  faultDomain=UPSTREAM
RetryInfo retry_delay { seconds: 1 }
RequestInfo request_id: "req-1"
LocalizedMessage locale: "ko-KR" message: "업스트림에 연결하지 못했습니다."
UpstreamError origin: GATEWAY rule: "gateway:connect")="},
      {"a name that does not exist",
       [] { return Translate(Fault(FaultKind::kNameNotFound, ""), Plain()); }, R"=(
UNAVAILABLE: The upstream's host name does not exist.
rule gateway:name_not_found
pushback -1
ErrorInfo UPSTREAM_NAME_NOT_FOUND gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=GATEWAY
UpstreamError origin: GATEWAY rule: "gateway:name_not_found")="},
      {"reset later, for a call that may be made twice",
       [] { return Translate(Fault(FaultKind::kResetAfterSend, ""), Plain()); }, R"=(
UNAVAILABLE: The connection to the upstream broke before its answer was complete.
rule gateway:reset_after_send
pushback 1000
ErrorInfo UPSTREAM_CONNECTION_RESET gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=UPSTREAM
RetryInfo retry_delay { seconds: 1 }
UpstreamError origin: GATEWAY rule: "gateway:reset_after_send")="},
      {"reset later, for one that may not",
       [] { return Translate(Fault(FaultKind::kResetAfterSend, ""), Raw()); }, R"=(
UNAVAILABLE: The connection to the upstream broke before its answer was complete.
rule gateway:reset_after_send
pushback -1
ErrorInfo UPSTREAM_CONNECTION_RESET gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=UPSTREAM
UpstreamError origin: GATEWAY rule: "gateway:reset_after_send")="},
      {"reset before, for one that may not",
       [] { return Translate(Fault(FaultKind::kResetBeforeSend, ""), Raw()); }, R"=(
UNAVAILABLE: The connection to the upstream broke before the request was sent.
rule gateway:reset_before_send
pushback 1000
ErrorInfo UPSTREAM_CONNECTION_RESET gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=UPSTREAM
RetryInfo retry_delay { seconds: 1 }
UpstreamError origin: GATEWAY rule: "gateway:reset_before_send")="},
      {"a request that does not pass",
       [] {
         return Translate(Fault(FaultKind::kRequestInvalid, "inputs[\"a\"].columns[2].null_rows",
                                "null_rows must ascend"),
                          Churn());
       },
       R"=(
INVALID_ARGUMENT: null_rows must ascend
rule gateway:request_invalid
ErrorInfo REQUEST_INVALID gateway.scoregate
  endpoint=churn
  errorOrigin=GATEWAY
  faultDomain=CALLER
BadRequest field_violations { field: "inputs[\"a\"].columns[2].null_rows" description: "null_rows must ascend" reason: "REQUEST_INVALID" }
UpstreamError origin: GATEWAY rule: "gateway:request_invalid")="},
      {"a request that cannot be read",
       [] {
         return Translate(Fault(FaultKind::kRequestMalformed, "The request ends inside a message."),
                          Plain());
       },
       R"=(
INTERNAL: The request ends inside a message.
rule gateway:request_malformed
ErrorInfo REQUEST_MALFORMED gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=CALLER
UpstreamError origin: GATEWAY rule: "gateway:request_malformed")="},
      {"too many in flight",
       [] { return Translate(Fault(FaultKind::kInFlightLimit, ""), With(Churn(), Declaring())); },
       R"=(
RESOURCE_EXHAUSTED: As many calls as the gateway allows for this endpoint are in flight.
rule gateway:in_flight_limit
pushback 1000
ErrorInfo TOO_MANY_IN_FLIGHT gateway.scoregate
  endpoint=churn
  errorOrigin=GATEWAY
  faultDomain=GATEWAY
RetryInfo retry_delay { seconds: 1 }
QuotaFailure violations { subject: "endpoint:churn" description: "As many calls as the gateway allows for this endpoint are in flight." quota_id: "MaxInFlightPerEndpoint" quota_value: 4 }
LocalizedMessage locale: "ko-KR" message: "이 엔드포인트에 허용된 수만큼의 호출이 이미 진행 중입니다."
UpstreamError origin: GATEWAY rule: "gateway:in_flight_limit")="},
      {"too much held on a connection",
       [] { return Translate(Fault(FaultKind::kConnectionLimit, ""), Plain()); },
       R"=(
RESOURCE_EXHAUSTED: The calls on this connection hold as much memory as the gateway allows for one.
rule gateway:connection_limit
pushback 1000
ErrorInfo TOO_MANY_IN_FLIGHT gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=GATEWAY
RetryInfo retry_delay { seconds: 1 }
QuotaFailure violations { subject: "connection" description: "The calls on this connection hold as much memory as the gateway allows for one." quota_id: "MaxMemoryPerConnection" }
UpstreamError origin: GATEWAY rule: "gateway:connection_limit")="},
      {"no such endpoint",
       [&] { return Translate(missing(FaultKind::kEndpointNotFound, "chrun"), Plain()); },
       R"=(
NOT_FOUND: No endpoint of that name is configured.
rule gateway:endpoint_not_found
ErrorInfo ENDPOINT_NOT_FOUND gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=CALLER
ResourceInfo resource_type: "Endpoint" resource_name: "chrun" description: "No endpoint of that name is configured."
UpstreamError origin: GATEWAY rule: "gateway:endpoint_not_found")="},
      {"no such endpoint, in a field",
       [&] {
         Fault fault = missing(FaultKind::kEndpointNotFound, "chrun");
         fault.field = "endpoint";
         return Translate(fault, Plain());
       },
       R"=(
NOT_FOUND: No endpoint of that name is configured.
rule gateway:endpoint_not_found
ErrorInfo ENDPOINT_NOT_FOUND gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=CALLER
BadRequest field_violations { field: "endpoint" description: "No endpoint of that name is configured." reason: "ENDPOINT_NOT_FOUND" }
ResourceInfo resource_type: "Endpoint" resource_name: "chrun" description: "No endpoint of that name is configured."
UpstreamError origin: GATEWAY rule: "gateway:endpoint_not_found")="},
      {"no such catalogue entry",
       [&] { return Translate(missing(FaultKind::kCatalogueNameNotFound, "BadArgs"), Plain()); },
       R"=(
NOT_FOUND: The catalogue has no entry of that name.
rule gateway:catalogue_name_not_found
ErrorInfo REQUEST_INVALID gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=CALLER
ResourceInfo resource_type: "CatalogueEntry" resource_name: "BadArgs" description: "The catalogue has no entry of that name."
UpstreamError origin: GATEWAY rule: "gateway:catalogue_name_not_found")="},
      {"no such method", [] { return Translate(Fault(FaultKind::kMethodNotFound, ""), Plain()); },
       R"=(
UNIMPLEMENTED: The gateway has no such method.
rule gateway:method_not_found
ErrorInfo METHOD_NOT_FOUND gateway.scoregate
  errorOrigin=GATEWAY
  faultDomain=CALLER
UpstreamError origin: GATEWAY rule: "gateway:method_not_found")="},
      {"a success that nobody can read",
       [] {
         return TranslateInvalidSuccess(
             Fault(FaultKind::kResponseInvalid, "Results.output1 is not a table"), 200, Churn());
       },
       R"=(
INTERNAL: Results.output1 is not a table
rule success:200
ErrorInfo UPSTREAM_RESPONSE_INVALID gateway.scoregate
  endpoint=churn
  errorOrigin=GATEWAY
  faultDomain=UPSTREAM
  httpStatus=200
UpstreamError http_status: 200 origin: GATEWAY rule: "success:200")="},
  });
}

}  // namespace
}  // namespace scoregate::translation
