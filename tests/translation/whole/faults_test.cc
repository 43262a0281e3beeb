// Whole translations of the gateway's own faults.
#include <gtest/gtest.h>

#include "tests/translation/whole/whole_case.h"

namespace scoregate::translation {
namespace {

using http::Fault;
using http::FaultKind;

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
