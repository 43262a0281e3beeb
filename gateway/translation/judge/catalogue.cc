// How several details become one verdict (I9), and an unknown code its class's (I7).
#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <tuple>

#include "gateway/translation/judge/verdict.h"
#include "gateway/translation/rules/reason.h"

namespace scoregate::translation {
namespace {

// Most blocking first; known before unknown; ties by catalogue order, then by text, so that the
// order of the upstream's array never matters.
bool Before(const Finding& a, const Finding& b) {
  auto key = [](const Finding& finding) {
    int precedence = finding.known ? Precedence(finding.grpc_code) : 0;
    const Row* row = finding.known ? finding.row : nullptr;
    return std::tuple(!finding.known, precedence, row, finding.code, finding.message,
                      finding.target);
  };
  return key(a) < key(b);
}

// RequestBodyInvalid and RequestIsEmpty are the caller's only where the caller wrote the body; else
// the gateway encoded it (contract 2.3, `body`).
bool CallerOwnsBody(const CallFacts& facts) {
  return facts.caller_owns_body || facts.call == http::CallKind::kScoreRaw;
}

void ApplyOwnership(const CallFacts& facts, Finding& finding) {
  if (!finding.known) return;
  bool about_body = finding.code == "RequestBodyInvalid" || finding.code == "RequestIsEmpty";
  if (!about_body || !CallerOwnsBody(facts)) return;
  finding.fault = FaultDomain::kCaller;
  finding.details = finding.details | Details::kBadRequest;
}

// What the upstream says in one place: an element of `details`, an innererror, or the error itself.
struct Said {
  std::string_view code;
  std::string_view target;
  std::string_view message;
};

void ApplyOverride(const CallFacts& facts, Finding& finding) {
  const endpoint::RuleOverride* found = FindOverride(facts, finding.row->error_class, finding.code);
  // An undocumented code keeps its class's verdict, which may be an overridden one.
  if (found == nullptr && !finding.known) {
    found = FindOverride(facts, finding.row->error_class, "");
  }
  if (found == nullptr) return;
  finding.overridden = true;
  finding.grpc_code = grpcwire::CodeFromNumber(found->code).value_or(finding.grpc_code);
  if (IsReason(found->reason)) finding.reason = found->reason;
  finding.retry = found->retry_after ? Retry::kBrief : Retry::kNever;
  finding.delay = found->retry_after.value_or(std::chrono::milliseconds(0));
}

Finding MakeFinding(const Found& found, const Said& said, const CallFacts& facts) {
  const Row& row = *found.row;
  Finding finding;
  finding.row = &row;
  finding.known = found.known_code;
  finding.code = said.code;
  finding.target = said.target;
  finding.message = said.message;
  finding.grpc_code = row.code;
  finding.retry = row.retry;
  finding.delay = DefaultDelay(row.retry);
  finding.fault = row.fault;
  finding.details = row.details;
  finding.reason = row.reason;
  ApplyOwnership(facts, finding);
  if (row.http_status == 401 && CallerHoldsKey(facts)) finding.fault = FaultDomain::kCaller;
  ApplyOverride(facts, finding);
  return finding;
}

bool HasInnerCode(const errorbody::ReportedError& error) {
  return !error.inner_code.empty() && error.inner_code != OuterCode(error);
}

// The error without a code in its details: its own message, else the words of a detail. Of several
// the bytewise first, so that the order of the array does not matter (I9).
Said ClassItself(const errorbody::ReportedError& error) {
  Said said;
  auto take = [](std::string_view& kept, std::string_view candidate) {
    if (!candidate.empty() && (kept.empty() || candidate < kept)) kept = candidate;
  };
  for (const errorbody::ReportedItem& item : error.items) {
    take(said.target, item.target);
    take(said.message, item.message);
  }
  if (!error.message.empty()) said.message = error.message;
  return said;
}

// Mostly one.
using AllSaid = absl::InlinedVector<Said, 4>;

AllSaid EverythingSaid(const errorbody::ReportedError& error) {
  AllSaid all;
  all.reserve(error.items.size() + 1);
  for (const errorbody::ReportedItem& item : error.items) {
    if (!item.code.empty()) all.push_back({item.code, item.target, item.message});
  }
  if (all.empty() && HasInnerCode(error)) all.push_back({error.inner_code, "", error.message});
  if (all.empty()) all.push_back(ClassItself(error));
  return all;
}

}  // namespace

bool CallerHoldsKey(const CallFacts& facts) {
  const endpoint::EndpointSettings* settings = facts.settings;
  if (settings == nullptr || !settings->api_keys.empty() || !settings->token_file.empty()) {
    return false;
  }
  return std::ranges::find(settings->forward_metadata, "authorization") !=
         settings->forward_metadata.end();
}

std::string_view OuterCode(const errorbody::ReportedError& error) {
  return error.outer_code.empty() ? error.header_code : error.outer_code;
}

const endpoint::RuleOverride* FindOverride(const CallFacts& facts, std::string_view error_class,
                                           std::string_view error_code) {
  if (facts.settings == nullptr) return nullptr;
  for (const endpoint::RuleOverride& candidate : facts.settings->overrides) {
    if (!candidate.error_class.empty() && candidate.error_class == error_class &&
        candidate.error_code == error_code) {
      return &candidate;
    }
  }
  return nullptr;
}

const endpoint::RuleOverride* FindOverride(const CallFacts& facts, int http_status) {
  if (facts.settings == nullptr || http_status == 0) return nullptr;
  for (const endpoint::RuleOverride& candidate : facts.settings->overrides) {
    if (candidate.error_class.empty() && candidate.http_status == http_status) return &candidate;
  }
  return nullptr;
}

CatalogueFindings JudgeCatalogue(const errorbody::ReportedError& error, const CallFacts& facts) {
  CatalogueFindings result;
  std::string_view error_class = OuterCode(error);
  const int http_status = error.task_status != 0 ? error.task_status : error.http_status;
  Found own = FindRule(http_status, error_class, "");
  result.status_mismatch = own.status_mismatch;
  if (own.row == nullptr) return result;
  AllSaid all = EverythingSaid(error);
  result.findings.reserve(all.size());
  for (const Said& said : all) {
    result.findings.push_back(MakeFinding(OfCode(own, said.code), said, facts));
  }
  std::ranges::sort(result.findings, Before);
  return result;
}

Codes OrderedCodes(const errorbody::ReportedError& error) {
  std::string_view error_class = OuterCode(error);
  std::vector<Finding> findings;
  const Row* own = FindRow(error_class, "");
  for (const Said& said : EverythingSaid(error)) {
    Finding finding;
    const Row* row = FindRow(error_class, said.code);
    finding.known = row != nullptr && !said.code.empty();
    finding.row = finding.known ? row : own;
    if (finding.row != nullptr) finding.grpc_code = finding.row->code;
    finding.code = said.code;
    if (!said.code.empty()) findings.push_back(finding);
  }
  std::ranges::sort(findings, Before);
  Codes codes;
  for (const Finding& finding : findings) {
    if (std::ranges::find(codes, finding.code) == codes.end()) codes.push_back(finding.code);
  }
  return codes;
}

}  // namespace scoregate::translation
