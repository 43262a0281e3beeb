// Whole translations of what an online endpoint answers.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/translation/whole/whole_case.h"

namespace scoregate::translation {
namespace {

using http::UpstreamKind;

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

}  // namespace
}  // namespace scoregate::translation
