// BadRequest, PreconditionFailure, QuotaFailure and ResourceInfo: what to mend, and what is used up
// or missing (contract 2.1 to 2.3). Several details of the upstream merge into one of each (I9).
#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "gateway/errorbody/text.h"
#include "gateway/translation/details/compose.h"
#include "gateway/translation/rules/detail_rules.h"
#include "gateway/translation/texts/wording.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

/// Most violations that one detail lists; the budget may leave fewer.
constexpr int kMaxViolations = 64;
constexpr std::size_t kMaxNameBytes = 128;
constexpr std::size_t kMaxDescriptionBytes = 256;

// inputs["x"], with quotes and backslashes of the name escaped.
std::string Indexed(std::string_view path, std::string_view name) {
  std::string field(path);
  field += "[\"";
  for (char c : CutPoint(name, kMaxNameBytes)) {
    if (c == '"' || c == '\\') field += '\\';
    field += c;
  }
  field += "\"]";
  return field;
}

bool Declared(const std::vector<std::string>& names, std::string_view name) {
  return !name.empty() && std::ranges::find(names, name) != names.end();
}

bool DeclaredInput(const CallFacts& facts, std::string_view name) {
  return facts.settings != nullptr && Declared(facts.settings->inputs, name);
}

bool DeclaredParameter(const CallFacts& facts, std::string_view name) {
  return facts.settings != nullptr && Declared(facts.settings->parameters, name);
}

// Without blanks around it, and without one pair of marks around that.
std::string_view Unwrapped(std::string_view text, std::string_view pair) {
  text = errorbody::Trimmed(text);
  bool wrapped = text.size() >= 2 && text.front() == pair[0] && text.back() == pair[1];
  return wrapped ? errorbody::Trimmed(text.substr(1, text.size() - 2)) : text;
}

// The names of a list such as `a, "b"; c` or `[a, b]`, in order, none twice.
std::vector<std::string_view> ListedNames(std::string_view list) {
  std::vector<std::string_view> names;
  list = Unwrapped(list, "[]");
  while (!list.empty() && names.size() < static_cast<std::size_t>(kMaxViolations)) {
    std::size_t end = std::min(list.find_first_of(",;"), list.size());
    std::string_view name = Unwrapped(Unwrapped(list.substr(0, end), "\"\""), "''");
    list.remove_prefix(std::min(end + 1, list.size()));
    if (name.empty()) continue;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

// A field that `target` names; empty where it names none.
std::string TargetField(const CallFacts& facts, std::string_view target) {
  if (DeclaredInput(facts, target)) return Indexed("inputs", target);
  if (DeclaredParameter(facts, target)) return Indexed("global_parameters", target);
  return "";
}

std::vector<std::string> ListedFields(std::string_view path, std::string_view list) {
  std::vector<std::string> fields;
  for (std::string_view name : ListedNames(list)) fields.push_back(Indexed(path, name));
  if (fields.empty()) fields.emplace_back(path);
  return fields;
}

std::vector<std::string> FieldsOf(const Finding& finding, const FindingWords& words,
                                  const CallFacts& facts) {
  std::string_view code = finding.known ? finding.code : std::string_view();
  const FieldRule* rule = FindField(finding.row->error_class, code);
  std::string named = TargetField(facts, finding.target);
  if (rule == nullptr) return named.empty() ? std::vector<std::string>() : std::vector{named};
  std::string path(rule->path);
  switch (rule->names) {
    case FieldNames::kFixed:
      return {path};
    case FieldNames::kInput:
      return {DeclaredInput(facts, finding.target) ? named : path};
    case FieldNames::kInputs:
      if (words.values[0].empty() && DeclaredInput(facts, finding.target)) return {named};
      return ListedFields(path, words.values[0]);
    case FieldNames::kParameter:
      return {DeclaredParameter(facts, finding.target) ? Indexed(path, finding.target) : path};
    case FieldNames::kOutputs:
      return ListedFields(path, words.values[0]);
    case FieldNames::kBlob:
      return {DeclaredInput(facts, finding.target) ? named + ".blob" : path};
  }
  return {};
}

struct FieldProblem {
  std::string field;
  std::string_view reason;
  std::string_view description;
};

void AddViolation(const FieldProblem& problem, Draft& draft) {
  if (draft.bad_request == nullptr) draft.bad_request = draft.Make<google::rpc::BadRequest>();
  for (const auto& present : draft.bad_request->field_violations()) {
    bool same = present.field() == problem.field && present.reason() == problem.reason &&
                present.description() == problem.description;
    if (same) return;
  }
  if (draft.bad_request->field_violations_size() >= kMaxViolations) return;
  auto* violation = draft.bad_request->add_field_violations();
  violation->set_field(problem.field);
  violation->set_reason(std::string(problem.reason));
  violation->set_description(std::string(CutPoint(problem.description, kMaxDescriptionBytes)));
}

// An answer without a row names a field through a declared target, or where its shape itself says
// which place in the body it means.
void AddTargets(const Source& source, Draft& draft) {
  for (const errorbody::ReportedItem& item : source.error->items) {
    std::string field = TargetField(source.facts, item.target);
    if (field.empty()) field = CleanName(item.field, kMaxNameBytes);
    if (field.empty()) continue;
    std::string text = CleanText(item.message, kMaxDescriptionBytes);
    if (text.empty()) text = draft.message;
    AddViolation({std::move(field), source.verdict.reason, text}, draft);
  }
}

std::string Joined(std::string_view endpoint, std::string_view target) {
  std::string subject(endpoint);
  if (!endpoint.empty() && !target.empty()) subject += '/';
  subject += target;
  return subject;
}

std::string SubjectOf(const Finding& finding, const FindingWords& words, const CallFacts& facts,
                      ConditionSubject subject) {
  std::string endpoint = CleanName(facts.endpoint, kMaxNameBytes);
  switch (subject) {
    case ConditionSubject::kEndpointAndTarget:
      return Joined(endpoint, CleanName(finding.target, kMaxNameBytes));
    case ConditionSubject::kEndpoint:
      return endpoint;
    case ConditionSubject::kJob:
      return facts.operation.empty() ? endpoint : CleanName(facts.operation, kMaxNameBytes);
    case ConditionSubject::kFirstParameter:
      return words.values[0].empty() ? endpoint : words.values[0];
  }
  return endpoint;
}

// A count that the upstream wrote, such as "200"; 0 where it is none.
std::int64_t Number(std::string_view text) {
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value > 0 ? value : 0;
}

std::string QuotaSubject(std::string_view endpoint) {
  return endpoint.empty() ? "endpoint" : "endpoint:" + std::string(endpoint);
}

std::string Described(const FindingWords& words) {
  return std::string(CutPoint(words.english, kMaxDescriptionBytes));
}

google::rpc::QuotaFailure::Violation* NewQuota(std::string_view id, std::string_view endpoint,
                                               Draft& draft) {
  if (draft.quota == nullptr) draft.quota = draft.Make<google::rpc::QuotaFailure>();
  auto* violation = draft.quota->add_violations();
  violation->set_subject(QuotaSubject(endpoint));
  violation->set_quota_id(std::string(id));
  return violation;
}

void AddQuotaOf(const Finding& finding, const FindingWords& words, const CallFacts& facts,
                Draft& draft) {
  const QuotaRule* rule =
      FindQuota(finding.row->error_class, finding.known ? finding.code : std::string_view());
  if (rule == nullptr) return;
  std::string endpoint = CleanName(facts.endpoint, kMaxNameBytes);
  if (rule->quota == Quota::kModelMemory) {
    auto* violation = NewQuota(quota::kModelMemory, endpoint, draft);
    violation->set_description(Described(words));
    violation->set_quota_metric(std::string(quota::kModelMemoryMetric));
    violation->set_quota_value(Number(words.values[0]));
    return;
  }
  // The upstream's own name of the endpoint where it gave one.
  std::string name = words.values[0].empty() ? endpoint : words.values[0];
  auto* violation = NewQuota(quota::kConcurrentCalls, name, draft);
  violation->set_description(Described(words));
  violation->set_quota_value(Number(words.values[1]));
  if (!name.empty()) {
    (*violation->mutable_quota_dimensions())[std::string(quota::kEndpointDimension)] = name;
  }
}

// The segment of the endpoint's path after `name`, such as the id in /workspaces/{id}/services/...
std::string_view RouteId(const CallFacts& facts, std::string_view name) {
  if (facts.settings == nullptr) return "";
  std::string_view path = facts.settings->address.path;
  std::string marker = "/" + std::string(name) + "/";
  std::size_t at = path.find(marker);
  if (at == std::string_view::npos) return "";
  path.remove_prefix(at + marker.size());
  return path.substr(0, path.find('/'));
}

std::string ResourceNameOf(const ResourceRule& rule, const Finding& finding,
                           const FindingWords& words, const CallFacts& facts) {
  switch (rule.name) {
    case ResourceName::kEndpoint:
      return CleanName(facts.endpoint, kMaxNameBytes);
    case ResourceName::kTarget:
      return CleanName(finding.target, kMaxNameBytes);
    case ResourceName::kFirstParameter:
      return words.values[0];
    case ResourceName::kWebServiceId:
      return CleanName(RouteId(facts, "services"), kMaxNameBytes);
    case ResourceName::kWorkspaceId:
      return CleanName(RouteId(facts, "workspaces"), kMaxNameBytes);
  }
  return "";
}

}  // namespace

void AddBadRequest(const Source& source, const std::vector<FindingWords>& words, Draft& draft) {
  const Verdict& verdict = source.verdict;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Finding& finding = verdict.findings[i];
    if (!Has(finding.details, Details::kBadRequest)) continue;
    for (std::string& field : FieldsOf(finding, words[i], source.facts)) {
      AddViolation({std::move(field), finding.row->reason, words[i].english}, draft);
    }
  }
  if (!words.empty() || !Has(verdict.details, Details::kBadRequest)) return;
  if (source.error != nullptr) {
    if (verdict.code == grpcwire::Code::kInvalidArgument) AddTargets(source, draft);
  } else if (source.fault != nullptr && !source.fault->field.empty()) {
    AddViolation(
        {CleanName(source.fault->field, kMaxDescriptionBytes), verdict.reason, draft.message},
        draft);
  }
}

void AddPrecondition(const Source& source, const std::vector<FindingWords>& words, Draft& draft) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Finding& finding = source.verdict.findings[i];
    if (!Has(finding.details, Details::kPrecondition)) continue;
    const ConditionRule* rule =
        FindCondition(finding.row->error_class, finding.known ? finding.code : std::string_view());
    if (rule == nullptr) continue;
    if (draft.precondition == nullptr) {
      draft.precondition = draft.Make<google::rpc::PreconditionFailure>();
    }
    std::string subject = SubjectOf(finding, words[i], source.facts, rule->subject);
    auto same = [&](const auto& present) {
      return present.type() == rule->type && present.subject() == subject &&
             present.description() == Described(words[i]);
    };
    if (std::ranges::any_of(draft.precondition->violations(), same)) continue;
    auto* violation = draft.precondition->add_violations();
    violation->set_type(std::string(rule->type));
    violation->set_subject(std::move(subject));
    violation->set_description(Described(words[i]));
  }
}

void AddQuota(const Source& source, const std::vector<FindingWords>& words, Draft& draft) {
  const Verdict& verdict = source.verdict;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Finding& finding = verdict.findings[i];
    bool repeated = i > 0 && finding.row == verdict.findings[i - 1].row;
    if (repeated || !Has(finding.details, Details::kQuota)) continue;
    AddQuotaOf(finding, words[i], source.facts, draft);
  }
  if (!words.empty() || !Has(verdict.details, Details::kQuota)) return;
  std::string endpoint = CleanName(source.facts.endpoint, kMaxNameBytes);
  bool in_flight = source.fault != nullptr;
  if (in_flight && source.fault->kind == http::FaultKind::kConnectionLimit) {
    auto* violation = NewQuota(quota::kConnectionMemory, endpoint, draft);
    violation->set_subject(std::string(quota::kConnectionSubject));
    violation->set_description(std::string(CutPoint(draft.message, kMaxDescriptionBytes)));
    return;
  }
  auto* violation =
      NewQuota(in_flight ? quota::kInFlight : quota::kPendingRequests, endpoint, draft);
  violation->set_description(std::string(CutPoint(draft.message, kMaxDescriptionBytes)));
  if (in_flight && source.facts.settings != nullptr) {
    violation->set_quota_value(source.facts.settings->limits.max_in_flight);
  }
}

void AddResource(const Source& source, const std::vector<FindingWords>& words, Draft& draft) {
  const Verdict& verdict = source.verdict;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Finding& finding = verdict.findings[i];
    if (!Has(finding.details, Details::kResource)) continue;
    const ResourceRule* rule =
        FindResource(finding.row->error_class, finding.known ? finding.code : std::string_view());
    if (rule == nullptr) continue;
    draft.resource = draft.Make<google::rpc::ResourceInfo>();
    draft.resource->set_resource_type(std::string(rule->type));
    draft.resource->set_resource_name(ResourceNameOf(*rule, finding, words[i], source.facts));
    bool second = rule->name == ResourceName::kFirstParameter && !words[i].values[1].empty();
    draft.resource->set_description(second ? words[i].values[1] : Described(words[i]));
    std::string_view workspace = RouteId(source.facts, "workspaces");
    if (rule->name == ResourceName::kWebServiceId && !workspace.empty()) {
      draft.resource->set_owner("workspace:" + CleanName(workspace, kMaxNameBytes));
    }
    return;
  }
  if (!words.empty() || !Has(verdict.details, Details::kResource)) return;
  draft.resource = draft.Make<google::rpc::ResourceInfo>();
  draft.resource->set_resource_type(std::string(verdict.resource_type));
  bool named = source.fault != nullptr && !source.fault->resource.empty();
  draft.resource->set_resource_name(Clean(
      named ? std::string_view(source.fault->resource) : source.facts.endpoint, kMaxNameBytes));
  draft.resource->set_description(std::string(CutPoint(draft.message, kMaxDescriptionBytes)));
}

}  // namespace scoregate::translation
