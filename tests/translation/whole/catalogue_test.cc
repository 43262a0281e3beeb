// Whole translations of what the catalogue of a classic service lists.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "gateway/catalogue/message_template.h"
#include "tests/translation/whole/whole_case.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;

std::string Message(std::string_view error_class, std::string_view code,
                    const catalogue::Parameters& values) {
  return catalogue::ComposeMessage(error_class, code, values);
}

const endpoint::EndpointSettings& Reinterpreting() {
  static const endpoint::EndpointSettings settings = [] {
    endpoint::EndpointSettings made;
    made.gateway_faults = endpoint::GatewayFaults::kReinterpret;
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

}  // namespace
}  // namespace scoregate::translation
