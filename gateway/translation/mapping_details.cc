#include "gateway/translation/mapping_details.h"

#include <string_view>

#include "gateway/translation/rules/detail_rules.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

constexpr std::string_view kBadRequest = "BadRequest ";
constexpr std::string_view kPrecondition = "PreconditionFailure ";
constexpr std::string_view kQuota = "QuotaFailure ";
constexpr std::string_view kResource = "ResourceInfo ";
constexpr std::string_view kDebug = "DebugInfo";
// A field is named where the endpoint declares the target, and only then.
constexpr std::string_view kDeclaredTarget = "`inputs[target]` or `global_parameters[target]`";

std::string Code(std::string_view text) {
  return "`" + std::string(text) + "`";
}

// What stands in a cell, in the order in which the details are sent.
class Cell {
 public:
  void Add(std::string_view detail, std::string_view what) {
    if (!text_.empty()) text_ += "; ";
    text_.append(detail).append(what);
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string FieldOf(const FieldRule* rule) {
  if (rule == nullptr) return std::string(kDeclaredTarget) + ", where declared";
  std::string path(rule->path);
  switch (rule->names) {
    case FieldNames::kFixed:
      return Code(path);
    case FieldNames::kInput:
    case FieldNames::kParameter:
      return Code(path + "[target]");
    case FieldNames::kInputs:
    case FieldNames::kOutputs:
      return Code(path + "[{0}]");
    case FieldNames::kBlob:
      return Code("inputs[target].blob") + " or " + Code(path);
  }
  return path;
}

std::string ConditionOf(const ConditionRule& rule) {
  std::string type = Code(rule.type);
  switch (rule.subject) {
    case ConditionSubject::kEndpointAndTarget:
      return type + " of the endpoint and target";
    case ConditionSubject::kEndpoint:
      return type + " of the endpoint";
    case ConditionSubject::kJob:
      return type + " of the operation";
    case ConditionSubject::kFirstParameter:
      return type + " of {0}";
  }
  return type;
}

std::string ResourceOf(const ResourceRule& rule) {
  std::string type = Code(rule.type);
  switch (rule.name) {
    case ResourceName::kEndpoint:
      return type + ": the endpoint";
    case ResourceName::kTarget:
      return type + ": the target";
    case ResourceName::kFirstParameter:
      return type + ": {0}, described by {1}";
    case ResourceName::kWebServiceId:
      return type + ": the id in the endpoint's URL; its owner the workspace there";
    case ResourceName::kWorkspaceId:
      return type + ": the id in the endpoint's URL";
  }
  return type;
}

// A row without parameters has no value to say.
std::string QuotaOf(const QuotaRule& rule, int parameters) {
  switch (rule.quota) {
    case Quota::kModelMemory:
      return Code(quota::kModelMemory) + " of the endpoint" +
             (parameters > 0 ? ", {0} of " + Code(quota::kModelMemoryMetric) : "");
    case Quota::kConcurrentCalls:
      return Code(quota::kConcurrentCalls) +
             (parameters > 1 ? " of {0}, value {1}" : " of the endpoint");
    case Quota::kPendingRequests:
      return Code(quota::kPendingRequests) + " of the endpoint";
    case Quota::kInFlight:
      return Code(quota::kInFlight) + " of the endpoint";
  }
  return "";
}

}  // namespace

std::string DetailsLegend() {
  return "Every error has ErrorInfo and UpstreamError, those with a delay under *retry* have "
         "RetryInfo, and `errors.md` says when RequestInfo, Help and LocalizedMessage are there. "
         "What else a row has stands under *adds*, with what it names. `[target]` is `[\"x\"]` "
         "where the upstream's `target` x is an input or parameter that the endpoint declares, "
         "`[{0}]` is that for each name in the message's first parameter; without one the path "
         "stands alone. {0} and {1} are the parameters of the upstream's message. A violation's "
         "`reason` is the row's. DebugInfo is there where it is allowed.\n";
}

std::string DetailsOf(const Row& row) {
  Cell cell;
  std::string_view error_class = row.error_class;
  std::string_view code = row.error_code;
  if (Has(row.details, Details::kBadRequest)) {
    cell.Add(kBadRequest, FieldOf(FindField(error_class, code)));
  }
  const ConditionRule* condition = FindCondition(error_class, code);
  if (Has(row.details, Details::kPrecondition) && condition != nullptr) {
    cell.Add(kPrecondition, ConditionOf(*condition));
  }
  const QuotaRule* quota = FindQuota(error_class, code);
  if (Has(row.details, Details::kQuota) && quota != nullptr) {
    cell.Add(kQuota, QuotaOf(*quota, row.parameters));
  }
  const ResourceRule* resource = FindResource(error_class, code);
  if (Has(row.details, Details::kResource) && resource != nullptr) {
    cell.Add(kResource, ResourceOf(*resource));
  }
  if (Has(row.details, Details::kDebug)) cell.Add(kDebug, "");
  return cell.Take();
}

std::string DetailsOf(const Fallback& verdict) {
  Cell cell;
  if (Has(verdict.details, Details::kBadRequest)) {
    cell.Add(kBadRequest, std::string(kDeclaredTarget) + ", or what the body names");
  }
  if (Has(verdict.details, Details::kQuota)) {
    cell.Add(kQuota, QuotaOf({"", "", Quota::kPendingRequests}, 0));
  }
  if (Has(verdict.details, Details::kResource)) {
    cell.Add(kResource, ResourceOf({"", "", resource::kEndpoint, ResourceName::kEndpoint}));
  }
  if (Has(verdict.details, Details::kDebug)) cell.Add(kDebug, "");
  return cell.Take();
}

std::string DetailsOf(const FaultRule& rule) {
  Cell cell;
  const Details details = rule.verdict.details;
  if (Has(details, Details::kBadRequest)) cell.Add(kBadRequest, "the request's field");
  if (Has(details, Details::kQuota)) {
    const bool connection = rule.kind == http::FaultKind::kConnectionLimit;
    cell.Add(kQuota, connection ? Code(quota::kConnectionMemory) + " of the connection"
                                : QuotaOf({"", "", Quota::kInFlight}, 0) + ", value its limit");
  }
  if (Has(details, Details::kResource)) {
    // A listener that gives no reports looks at no name.
    const bool named = rule.kind != http::FaultKind::kAccessRefused;
    cell.Add(kResource, Code(rule.resource_type) + (named ? ": the name asked for" : ""));
  }
  if (Has(details, Details::kDebug)) cell.Add(kDebug, "");
  return cell.Take();
}

}  // namespace scoregate::translation
