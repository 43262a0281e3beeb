#include "gateway/translation/rules/catalogue_rules.h"

#include <algorithm>
#include <array>
#include <vector>

#include "gateway/translation/rules/metadata_keys.h"
#include "gateway/translation/rules/reason.h"

namespace scoregate::translation {
namespace {

using enum grpcwire::Code;
using D = Details;
using F = FaultDomain;
using R = Retry;

// Authority: contract 2.1. Why a row is as it is stands where it could be disputed.
constexpr std::array<Rule, catalogue::kClassCount> kClasses = {{
    {"BadArgument", "", 400, kInvalidArgument, R::kNever, F::kCaller, D::kBadRequest},
    {"BadUserArgument", "", 400, kInvalidArgument, R::kNever, F::kCaller, D::kBadRequest},
    // The text says "already exists"; ABORTED would need a story of concurrency.
    {"Conflict", "", 409, kAlreadyExists, R::kNever, F::kCaller, D::kResource},
    {"GatewayTimeout", "", 504, kDeadlineExceeded, R::kNever, F::kUpstream, D::kNone},
    {"InitializingContainers", "", 503, kUnavailable, R::kWarmUp, F::kUpstream, D::kNone},
    {"InternalError", "", 500, kInternal, R::kNever, F::kUpstream, D::kDebug},
    // The system is short of memory, not the caller over a quota: 429's meaning would stop retries.
    {"InternalErrorSystemLowOnMemory", "", 500, kUnavailable, R::kLowMemory, F::kUpstream,
     D::kNone},
    {"InvalidOperation", "", 400, kFailedPrecondition, R::kNever, F::kCaller, D::kPrecondition},
    // The deployed model cannot run on this input: not serious enough for INTERNAL, and a 400.
    {"LibraryExecutionError", "", 400, kFailedPrecondition, R::kNever, F::kModel, D::kPrecondition},
    // A quota of the model's memory, not the size of the payload: the same input exhausts it again.
    {"MemoryQuotaViolation", "", 413, kResourceExhausted, R::kNever, F::kModel, D::kQuota},
    // The upstream claims the fault (500) of a stored package that the caller never sent.
    {"ModelPackageFormatError", "", 500, kInternal, R::kNever, F::kUpstream, D::kResource},
    {"ModuleExecutionError", "", 400, kFailedPrecondition, R::kNever, F::kModel, D::kPrecondition},
    {"NotFound", "", 404, kNotFound, R::kNever, F::kCaller, D::kResource},
    {"RequestTimeout", "", 408, kDeadlineExceeded, R::kNever, F::kCaller, D::kNone},
    {"ServiceUnavailable", "", 503, kUnavailable, R::kBrief, F::kUpstream, D::kNone},
    // The gateway holds the key (I6). A 401 proves no identity, so never PERMISSION_DENIED.
    {"Unauthorized", "", 401, kUnauthenticated, R::kNever, F::kGateway, D::kResource},
    {"WebServicePackageError", "", 400, kInvalidArgument, R::kNever, F::kCaller, D::kBadRequest},
    {"WebServicePackageInternalError", "", 500, kInternal, R::kNever, F::kUpstream, D::kResource},
}};

// Authority: contract 2.2 for the codes, 2.3 for what the gateway supplied (fault GATEWAY and no
// BadRequest), 2.5 for the delays. Names like InternalError/WebServiceGroupNotFound,
// BackendBadRequest or AdminAuthenticationFailed are missing on purpose: verdicts of inner hops,
// which stay INTERNAL.
constexpr std::array kCodes = std::to_array<Rule>({
    {"BadArgument", "BadSubscriptionId", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    {"BadArgument", "BadVersionCall", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    // Depends on state, so not INVALID_ARGUMENT.
    {"BadArgument", "BlobNotFound", 400, kNotFound, R::kNever, F::kCaller, D::kResource},
    {"BadArgument", "InvalidQueryParameter", 400, kInvalidArgument, R::kNever, F::kGateway,
     D::kNone},
    {"BadArgument", "MissingKeys", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    {"BadArgument", "MissingWebServiceGroupId", 400, kInvalidArgument, R::kNever, F::kGateway,
     D::kNone},
    {"BadArgument", "MissingWebServiceId", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    {"BadArgument", "MissingWorkspaceId", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    // The caller's only where the caller wrote the body: see JudgeCatalogue.
    {"BadArgument", "RequestBodyInvalid", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    {"BadArgument", "RequestIsEmpty", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    // Says nothing of a field, and a field is never invented.
    {"BadArgument", "UnknownError", 400, kInvalidArgument, R::kNever, F::kCaller, D::kNone},
    // The service's state forbids the change; no value would do.
    {"BadArgument", "WebServiceConcurrentRequestRequirementInvalid", 400, kFailedPrecondition,
     R::kNever, F::kCaller, D::kPrecondition},
    {"BadArgument", "WebServiceIdInvalid", 400, kInvalidArgument, R::kNever, F::kGateway, D::kNone},
    // No entity was being created: the model's output columns have to be renamed.
    {"Conflict", "ModelOutputMetadataMismatch", 409, kFailedPrecondition, R::kNever, F::kCaller,
     D::kPrecondition},
    // Execution never began, and the timeout is the container's: just this call can be retried.
    {"GatewayTimeout", "BackendInitializationTimeout", 504, kUnavailable, R::kWarmUp, F::kUpstream,
     D::kNone},
    // "Unknown" says that the upstream received a verdict that it could not read.
    {"InternalError", "ContainerProcessTerminatedWithUnknownError", 500, kUnknown, R::kNever,
     F::kUpstream, D::kDebug},
    {"InternalError", "ExceptionDeserializationError", 500, kUnknown, R::kNever, F::kUpstream,
     D::kDebug},
    {"InternalError", "UnexpectedScoreStatus", 500, kUnknown, R::kNever, F::kUpstream, D::kDebug},
    {"InternalError", "UnknownBackendErrorResponse", 500, kUnknown, R::kNever, F::kUpstream,
     D::kDebug},
    {"InternalError", "UnknownError", 500, kUnknown, R::kNever, F::kUpstream, D::kDebug},
    {"InternalError", "UnknownJobStatusCode", 500, kUnknown, R::kNever, F::kUpstream, D::kDebug},
    {"InternalError", "UnknownModuleError", 500, kUnknown, R::kNever, F::kUpstream, D::kDebug},
    // A connection between parts of the upstream failed: no work was done.
    {"InternalError", "WorkerUnreachable", 500, kUnavailable, R::kBrief, F::kUpstream, D::kNone},
    // Nothing in the system needs mending: the request has to change.
    {"InvalidOperation", "MultipleInputsNotAllowed", 400, kInvalidArgument, R::kNever, F::kCaller,
     D::kBadRequest},
    {"RequestTimeout", "RequestCanceled", 408, kCancelled, R::kNever, F::kCaller, D::kNone},
    // A named limit that callers' rate exhausts; throttling is not an outage.
    {"ServiceUnavailable", "RequestThrottled", 503, kResourceExhausted, R::kBrief, F::kUpstream,
     D::kQuota},
    {"ServiceUnavailable", "TooManyConcurrentRequests", 503, kResourceExhausted, R::kBrief,
     F::kUpstream, D::kQuota},
    {"ServiceUnavailable", "TooManyHostsBeingInitialized", 503, kUnavailable, R::kWarmUp,
     F::kUpstream, D::kNone},
    {"ServiceUnavailable", "TooManyHostsBeingInitializedPerModel", 503, kUnavailable, R::kWarmUp,
     F::kUpstream, D::kNone},
});

constexpr const Rule* ClassOf(std::string_view error_class) {
  for (const Rule& rule : kClasses) {
    if (rule.error_class == error_class) return &rule;
  }
  return nullptr;
}

constexpr bool Before(const Rule& a, const Rule& b) {
  return a.error_class != b.error_class ? a.error_class < b.error_class
                                        : a.error_code < b.error_code;
}

// Strictly ascending: no row twice, and the search below may bisect.
constexpr bool Ascending(std::span<const Rule> rules) {
  for (std::size_t i = 1; i < rules.size(); ++i) {
    if (!Before(rules[i - 1], rules[i])) return false;
  }
  return true;
}

constexpr bool KeepInvariants(std::span<const Rule> rules) {
  for (const Rule& rule : rules) {
    if (!KeepsFamily(rule.http_status, rule.code, rule.fault)) return false;              // I3
    if (rule.retry != R::kNever && !MayRetry(rule.http_status, rule.code)) return false;  // I4
  }
  return true;
}

constexpr bool EachDeparts() {
  for (const Rule& rule : kCodes) {
    const Rule* own = ClassOf(rule.error_class);
    if (own == nullptr || own->http_status != rule.http_status) return false;
    if (own->code == rule.code && own->retry == rule.retry && own->fault == rule.fault &&
        own->details == rule.details) {
      return false;
    }
  }
  return true;
}

static_assert(Ascending(kClasses) && Ascending(kCodes));
static_assert(KeepInvariants(kClasses), "a class leaves its family (I3) or retries without right");
static_assert(KeepInvariants(kCodes), "a code leaves its family (I3) or retries without right");
static_assert(EachDeparts(), "a row for a code stands only where it departs from its class");

Row MakeRow(const Rule& rule, const catalogue::ErrorClass& error_class, std::string_view code) {
  Row row;
  row.error_class = error_class.name;
  row.error_code = code;
  row.http_status = error_class.http_status;
  row.code = rule.code;
  row.retry = rule.retry;
  row.fault = rule.fault;
  row.details = rule.details;
  row.reason = ReasonOf(error_class.name, code);
  row.anchor = error_class.anchor;
  return row;
}

const Rule& RuleOf(const catalogue::ErrorCode& code) {
  auto found = std::ranges::find_if(kCodes, [&](const Rule& rule) {
    return rule.error_class == code.error_class && rule.error_code == code.name;
  });
  return found != kCodes.end() ? *found : *ClassOf(code.error_class);
}

// What the two owners' tables say together. Every class of the catalogue has a rule: a test holds
// the two tables against each other.
std::vector<Row> Join() {
  std::vector<Row> rows;
  rows.reserve(kRowCount);
  for (const catalogue::ErrorClass& error_class : catalogue::Classes()) {
    rows.push_back(MakeRow(*ClassOf(error_class.name), error_class, ""));
    rows.back().has_message = true;
    for (const catalogue::ErrorCode& code : catalogue::CodesOf(error_class.name)) {
      const Rule& rule = RuleOf(code);
      Row row = MakeRow(rule, error_class, code.name);
      row.parameters = code.parameters;
      row.has_message = code.has_message;
      row.metadata_keys = MetadataKeys(code.name);
      row.departs = !rule.error_code.empty();
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace

std::vector<std::string_view> DetailNames(Details details, Retry retry) {
  std::vector<std::string_view> names;
  if (retry != Retry::kNever) names.push_back("RetryInfo");
  if (Has(details, D::kBadRequest)) names.push_back("BadRequest");
  if (Has(details, D::kPrecondition)) names.push_back("PreconditionFailure");
  if (Has(details, D::kQuota)) names.push_back("QuotaFailure");
  if (Has(details, D::kResource)) names.push_back("ResourceInfo");
  if (Has(details, D::kDebug)) names.push_back("DebugInfo");
  return names;
}

std::span<const Rule> ClassRules() {
  return kClasses;
}

std::span<const Rule> CodeRules() {
  return kCodes;
}

std::span<const Row> Rows() {
  static const std::vector<Row> rows = Join();
  return rows;
}

const Row* FindRow(std::string_view error_class, std::string_view error_code) {
  const std::size_t place = catalogue::OrderOf(error_class, error_code);
  return place == kRowCount ? nullptr : &Rows()[place];
}

Found FindRule(int http_status, std::string_view error_class, std::string_view error_code) {
  const Row* own = FindRow(error_class, "");
  if (own == nullptr) return {};
  if (own->http_status != http_status) return {nullptr, false, true};
  return OfCode({own, false, false}, error_code);
}

Found OfCode(const Found& own, std::string_view error_code) {
  const Row* row = error_code.empty() ? nullptr : FindRow(own.row->error_class, error_code);
  return row != nullptr ? Found{row, true, false} : own;
}

}  // namespace scoregate::translation
