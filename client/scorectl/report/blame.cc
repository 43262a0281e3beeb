#include "client/scorectl/report/blame.h"

#include <array>
#include <string_view>

namespace scoregate::scorectl {
namespace {

using enum grpc::StatusCode;

// Whether a retry is advised.
enum class Retry { kEither, kAdvised };

// What a Status has to say for the words to fit; what is left away fits all.
struct BlameRow {
  std::string_view fault;
  grpc::StatusCode code = OK;
  Retry retry = Retry::kEither;
  std::string_view domain = {};
  std::string_view reason = {};
  // Of a PreconditionFailure.
  std::string_view condition = {};
  // Of a ResourceInfo.
  std::string_view resource = {};
  std::string_view words;
};

constexpr std::string_view kGateway = "gateway.scoregate";
constexpr std::string_view kIntermediary = "intermediary.scoregate";

// The first row that fits wins; the last of each domain fits whatever is left.
constexpr auto kRows = std::to_array<BlameRow>({
    {.fault = "CALLER",
     .code = CANCELLED,
     .words = "the caller or the operator, who ended the call: nothing has to be mended"},
    {.fault = "CALLER",
     .retry = Retry::kAdvised,
     .words = "the caller: it sends more than is allowed; call slower, or later"},
    {.fault = "CALLER",
     .code = RESOURCE_EXHAUSTED,
     .words = "the caller: it sends or asks for more than is taken at once"},
    {.fault = "CALLER",
     .code = NOT_FOUND,
     .domain = kGateway,
     .words = "the caller: the request names what is not known here"},
    {.fault = "CALLER",
     .code = NOT_FOUND,
     .resource = "AzureBlob",
     .words = "the caller: what the request names is not there"},
    {.fault = "CALLER",
     .code = NOT_FOUND,
     .words =
         "what was asked for is not there: a name in the request, or the endpoint's url in the "
         "gateway's configuration"},
    {.fault = "CALLER",
     .code = PERMISSION_DENIED,
     .words = "whoever the key belongs to may not do this: the caller's key, or the gateway's for "
              "this endpoint"},
    {.fault = "CALLER",
     .code = UNAUTHENTICATED,
     .words = "the caller: the key that it sends is not accepted"},
    {.fault = "CALLER",
     .code = DEADLINE_EXCEEDED,
     .words = "the caller: it asks for more than fits into the time; send fewer rows at once"},
    {.fault = "CALLER",
     .code = ALREADY_EXISTS,
     .words = "the caller: what it asks for is there already, or in the way"},
    {.fault = "CALLER",
     .code = ABORTED,
     .words = "the caller: the call came into the way of another; look what became of that first"},
    {.fault = "CALLER",
     .condition = "JOB_STATE",
     .words = "the job's state: look at it (scorectl batch get NAME), or submit a new job"},
    {.fault = "CALLER",
     .condition = "MODEL_OUTPUT_METADATA",
     .words = "the model behind the endpoint: its author has to rename an output"},
    {.fault = "CALLER",
     .condition = "MODEL_REQUEST_VERSION",
     .words = "the model behind the endpoint, or how it is called: the two do not go together"},
    {.fault = "CALLER",
     .condition = "WEB_SERVICE_PLAN",
     .words = "the caller: it sets what is fixed for this web service"},
    {.fault = "CALLER",
     .reason = "UPSTREAM_HTTP_431",
     .words = "the headers: the caller's metadata, or what the gateway's configuration adds to it"},
    {.fault = "CALLER",
     .code = FAILED_PRECONDITION,
     .words = "the state of what the call is for: something else has to change first"},
    {.fault = "CALLER",
     .reason = "UPSTREAM_HTTP_405",
     .words = "the call, or the endpoint's url in the gateway's configuration: it takes no such "
              "calls"},
    {.fault = "CALLER",
     .code = UNIMPLEMENTED,
     .words = "the caller: what it asks for is not offered there"},
    {.fault = "CALLER",
     .code = INTERNAL,
     .domain = kGateway,
     .words = "the caller's gRPC library, or a proxy on the way: its bytes are no message"},
    {.fault = "CALLER", .words = "the caller: the request has to change"},

    {.fault = "MODEL",
     .retry = Retry::kAdvised,
     .words = "the model behind the endpoint: it is starting or busy"},
    // The model's own code said so (a 400 behind a 424): what it says of the request comes first.
    {.fault = "MODEL",
     .code = INVALID_ARGUMENT,
     .words = "the model behind the endpoint refuses this input: change it, or ask the model's "
              "author"},
    {.fault = "MODEL",
     .code = RESOURCE_EXHAUSTED,
     .words = "the model behind the endpoint: this is more than it has room for; send fewer rows "
              "at once, or ask its author"},
    {.fault = "MODEL",
     .code = DEADLINE_EXCEEDED,
     .words = "the model behind the endpoint: it takes too long; send fewer rows at once, or ask "
              "its author"},
    {.fault = "MODEL", .words = "the model behind the endpoint: its author has to look"},

    {.fault = "UPSTREAM",
     .code = UNAUTHENTICATED,
     .domain = kIntermediary,
     .words = "what stands in front of the endpoint wants a key: see whether the endpoint has an "
              "api_key in the gateway's configuration"},
    {.fault = "UPSTREAM",
     .code = PERMISSION_DENIED,
     .domain = kIntermediary,
     .words = "what stands in front of the endpoint (a proxy, a firewall) does not let the gateway "
              "through"},
    {.fault = "UPSTREAM",
     .retry = Retry::kAdvised,
     .domain = kIntermediary,
     .words = "what stands in front of the endpoint (a proxy, a load balancer), or the scoring "
              "service behind it"},
    {.fault = "UPSTREAM",
     .domain = kIntermediary,
     .words = "what stands in front of the endpoint (a proxy, a load balancer), or the endpoint's "
              "url in the gateway's configuration"},
    {.fault = "UPSTREAM",
     .code = RESOURCE_EXHAUSTED,
     .words = "the scoring service: it takes no more at once; call slower, or have its limit "
              "raised"},
    {.fault = "UPSTREAM",
     .reason = "DEADLINE_EXCEEDED_AT_GATEWAY",
     .words =
         "the scoring service, or too short a time: the caller's, or the endpoint's timeout in "
         "the gateway's configuration"},
    {.fault = "UPSTREAM",
     .reason = "UPSTREAM_RESPONSE_INVALID",
     .words = "the scoring service, or the endpoint's dialect in the gateway's configuration"},
    {.fault = "UPSTREAM",
     .code = UNAVAILABLE,
     .domain = kGateway,
     .words = "the scoring service, or the way to it"},
    {.fault = "UPSTREAM", .words = "the scoring service"},

    {.fault = "GATEWAY",
     .code = UNAUTHENTICATED,
     .words = "the gateway: its configuration has no key for the endpoint, or one that is not "
              "accepted"},
    {.fault = "GATEWAY",
     .code = RESOURCE_EXHAUSTED,
     .words = "the gateway: it takes no more at once; call slower, or have its limit raised"},
    {.fault = "GATEWAY",
     .reason = "CREDENTIAL_UNAVAILABLE",
     .words = "the gateway: it has no valid token for the endpoint"},
    {.fault = "GATEWAY",
     .reason = "SHUTTING_DOWN",
     .words = "the gateway: its operator is stopping it"},
    {.fault = "GATEWAY",
     .reason = "GATEWAY_INTERNAL",
     .words = "the gateway: a defect of its own; tell its operator the request id"},
    {.fault = "GATEWAY",
     .code = INVALID_ARGUMENT,
     .words = "the gateway: how its configuration has it call the endpoint (dialect, url)"},
    {.fault = "GATEWAY", .words = "the gateway: its configuration, key or route"},
});

bool HasCondition(const client::ScoreError& error, std::string_view type) {
  for (const auto& violation : error.precondition_violations) {
    if (violation.type() == type) return true;
  }
  return false;
}

bool Fits(const BlameRow& row, const client::ScoreError& error) {
  if (row.fault != error.fault_domain()) return false;
  if (row.code != OK && row.code != error.code) return false;
  if (row.retry == Retry::kAdvised && !error.retry_delay) return false;
  if (!row.domain.empty() && row.domain != error.domain) return false;
  if (!row.reason.empty() && row.reason != error.reason) return false;
  if (!row.condition.empty() && !HasCondition(error, row.condition)) return false;
  return row.resource.empty() ||
         (error.resource && error.resource->resource_type() == row.resource);
}

}  // namespace

std::string Blame(const client::ScoreError& error) {
  for (const BlameRow& row : kRows) {
    if (Fits(row, error)) return std::string(row.words);
  }
  return error.fault_domain();
}

}  // namespace scoregate::scorectl
