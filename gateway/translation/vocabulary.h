// Every name that leaves the gateway in a Status: domains, reasons, metadata keys and the words of
// the closed sets. Clients hold on to these; none of them is written anywhere else.
#pragma once

#include <string_view>

namespace scoregate::translation {

// ErrorInfo.domain: who defines the reason.
inline constexpr std::string_view kDomainClassic = "services.azureml.net";
inline constexpr std::string_view kDomainOnlineEndpoint = "inference.ml.azure.com";
inline constexpr std::string_view kDomainOpaque = "upstream.scoregate";
inline constexpr std::string_view kDomainIntermediary = "intermediary.scoregate";
inline constexpr std::string_view kDomainGateway = "gateway.scoregate";

// Reasons of the gateway itself. A new one is added only if somebody would react to it differently.
namespace reason {
inline constexpr std::string_view kUpstreamUnreachable = "UPSTREAM_UNREACHABLE";
inline constexpr std::string_view kUpstreamNameNotFound = "UPSTREAM_NAME_NOT_FOUND";
inline constexpr std::string_view kUpstreamCertificateRefused = "UPSTREAM_CERTIFICATE_REFUSED";
inline constexpr std::string_view kUpstreamConnectionReset = "UPSTREAM_CONNECTION_RESET";
inline constexpr std::string_view kUpstreamResponseInvalid = "UPSTREAM_RESPONSE_INVALID";
inline constexpr std::string_view kUpstreamResponseTooLarge = "UPSTREAM_RESPONSE_TOO_LARGE";
inline constexpr std::string_view kDeadlineExceededAtGateway = "DEADLINE_EXCEEDED_AT_GATEWAY";
inline constexpr std::string_view kCallerCancelled = "CALLER_CANCELLED";
inline constexpr std::string_view kRequestInvalid = "REQUEST_INVALID";
inline constexpr std::string_view kRequestMalformed = "REQUEST_MALFORMED";
inline constexpr std::string_view kRequestTooLarge = "REQUEST_TOO_LARGE";
inline constexpr std::string_view kTooManyInFlight = "TOO_MANY_IN_FLIGHT";
inline constexpr std::string_view kCredentialUnavailable = "CREDENTIAL_UNAVAILABLE";
inline constexpr std::string_view kCircuitOpen = "CIRCUIT_OPEN";
inline constexpr std::string_view kShuttingDown = "SHUTTING_DOWN";
inline constexpr std::string_view kEndpointNotFound = "ENDPOINT_NOT_FOUND";
inline constexpr std::string_view kOperationNotFound = "OPERATION_NOT_FOUND";
inline constexpr std::string_view kMethodNotFound = "METHOD_NOT_FOUND";
inline constexpr std::string_view kGatewayInternal = "GATEWAY_INTERNAL";

// Of answers without a documented row; UPSTREAM_HTTP_<status> stand in rules/fallback.cc.
inline constexpr std::string_view kOther4xx = "UPSTREAM_HTTP_OTHER_4XX";
inline constexpr std::string_view kOther5xx = "UPSTREAM_HTTP_OTHER_5XX";
inline constexpr std::string_view kIntermediaryResponse = "INTERMEDIARY_RESPONSE";
inline constexpr std::string_view kModelError = "MODEL_ERROR";
inline constexpr std::string_view kModelNotReady = "MODEL_NOT_READY";
inline constexpr std::string_view kModelOverloaded = "MODEL_OVERLOADED";
}  // namespace reason

// Keys of ErrorInfo.metadata. The keys of message parameters stand in rules/metadata_keys.cc.
namespace key {
inline constexpr std::string_view kUpstreamClass = "upstreamClass";
inline constexpr std::string_view kUpstreamCode = "upstreamCode";
inline constexpr std::string_view kHttpStatus = "httpStatus";
inline constexpr std::string_view kErrorOrigin = "errorOrigin";
inline constexpr std::string_view kFaultDomain = "faultDomain";
inline constexpr std::string_view kEndpoint = "endpoint";
inline constexpr std::string_view kStatusMismatch = "statusMismatch";
inline constexpr std::string_view kAdditionalCodes = "additionalCodes";
inline constexpr std::string_view kModelHttpStatus = "modelHttpStatus";
inline constexpr std::string_view kModelErrorReason = "modelErrorReason";
inline constexpr std::string_view kRetryAfterMs = "retryAfterMs";
inline constexpr std::string_view kUpstreamMessage = "upstreamMessage";
inline constexpr std::string_view kUpstreamReason = "upstreamReason";
inline constexpr std::string_view kUpstreamDomain = "upstreamDomain";
inline constexpr std::string_view kOperation = "operation";
inline constexpr std::string_view kDetailsTruncated = "detailsTruncated";
}  // namespace key

// PreconditionFailure.Violation.type.
namespace precondition {
inline constexpr std::string_view kInvalidOperation = "INVALID_OPERATION";
inline constexpr std::string_view kJobState = "JOB_STATE";
inline constexpr std::string_view kModelRequestVersion = "MODEL_REQUEST_VERSION";
inline constexpr std::string_view kModelExecution = "MODEL_EXECUTION";
inline constexpr std::string_view kModelOutputMetadata = "MODEL_OUTPUT_METADATA";
inline constexpr std::string_view kWebServicePlan = "WEB_SERVICE_PLAN";
}  // namespace precondition

// ResourceInfo.resource_type.
namespace resource {
inline constexpr std::string_view kAzureBlob = "AzureBlob";
inline constexpr std::string_view kEndpoint = "Endpoint";
inline constexpr std::string_view kModelPackage = "ModelPackage";
inline constexpr std::string_view kWebService = "WebService";
inline constexpr std::string_view kWebServicePackage = "WebServicePackage";
inline constexpr std::string_view kWorkspace = "Workspace";
inline constexpr std::string_view kScorePlane = "ScorePlane";
inline constexpr std::string_view kAdminPlane = "AdminPlane";
inline constexpr std::string_view kManagementPlane = "ManagementPlane";
/// Where the upstream does not say what it is that exists already.
inline constexpr std::string_view kUnnamed = "Resource";
inline constexpr std::string_view kOperation = "Operation";
inline constexpr std::string_view kCatalogueEntry = "CatalogueEntry";
inline constexpr std::string_view kErrorReport = "ErrorReport";
}  // namespace resource

// QuotaFailure.Violation.
namespace quota {
inline constexpr std::string_view kConcurrentCalls = "MaxConcurrentCallsPerEndpoint";
inline constexpr std::string_view kModelMemory = "MaxModelMemory";
inline constexpr std::string_view kModelMemoryMetric =
    "services.azureml.net/model_memory_megabytes";
inline constexpr std::string_view kPendingRequests = "MaxConcurrentRequestsPerInstance";
inline constexpr std::string_view kInFlight = "MaxInFlightPerEndpoint";
inline constexpr std::string_view kConnectionMemory = "MaxMemoryPerConnection";
inline constexpr std::string_view kConnectionSubject = "connection";
inline constexpr std::string_view kEndpointDimension = "endpoint";
}  // namespace quota

/// Where Help links point unless configuration says otherwise: the documentation, now archived.
inline constexpr std::string_view kDefaultHelpBaseUrl =
    "https://learn.microsoft.com/previous-versions/azure/machine-learning/classic/"
    "web-service-error-codes";

}  // namespace scoregate::translation
