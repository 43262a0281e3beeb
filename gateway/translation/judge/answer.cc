// Which table decides about an answer: by kind, HTTP status, class, code, in that order of trust
// (I5), and by whose voice it is (contract 2.6).
#include <algorithm>
#include <string>

#include "gateway/translation/judge/verdict.h"
#include "gateway/translation/rules/reason.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;

/// As long as the name of a rule mostly is, or longer.
constexpr std::size_t kUsualRuleBytes = 64;

std::string_view DomainOf(http::UpstreamKind kind) {
  switch (kind) {
    case http::UpstreamKind::kClassic:
      return kDomainClassic;
    case http::UpstreamKind::kOnlineEndpoint:
      return kDomainOnlineEndpoint;
    case http::UpstreamKind::kOpaque:
      return kDomainOpaque;
  }
  return kDomainOpaque;
}

bool IsSuccessClass(int http_status) {
  return http_status / 100 == 2;
}

bool IsErrorClass(int http_status) {
  return http_status >= 400 && http_status <= 599;
}

// The model's own code threw: the container says so, or TorchServe's name for it does. Its 502 and
// 503 promise nothing to those who come back.
bool ModelThrew(const ReportedError& error) {
  return error.run_function_failed ||
         (error.shape == "torchserve" && error.outer_code == "InternalServerException");
}

// What an answer carries for metadata where no row of the catalogue decided.
void TakeCodes(const ReportedError& error, const CallFacts& facts, Verdict& verdict) {
  verdict.error_class = OuterCode(error);
  if (facts.kind == http::UpstreamKind::kClassic) {
    verdict.codes = OrderedCodes(error);
    return;
  }
  std::string_view inner = error.inner_code.empty() ? OuterCode(error) : error.inner_code;
  if (!inner.empty()) verdict.codes.push_back(inner);
}

void Catalogue(CatalogueFindings found, Verdict& verdict) {
  const Finding& winner = found.findings.front();
  verdict.code = winner.grpc_code;
  verdict.reason = winner.reason;
  verdict.domain = kDomainClassic;
  verdict.origin = Origin::kApplication;
  verdict.fault = winner.fault;
  verdict.rule.reserve(kUsualRuleBytes);
  verdict.rule += winner.overridden ? "override:" : "catalogue:";
  verdict.rule += winner.row->error_class;
  if (!winner.row->is_class()) verdict.rule.append("/").append(winner.row->error_code);
  verdict.error_class = winner.row->error_class;
  verdict.decided_by_status = winner.row->http_status;
  verdict.upstream_text = UpstreamText::kMetadata;
  verdict.sentence = Sentence::kHttpStatus;
  verdict.sentence_value = std::to_string(winner.row->http_status);
  // Only if all are retryable: if one item needs a fix, coming back is futile.
  verdict.retry_advised = true;
  for (const Finding& finding : found.findings) {
    if (finding.retry == Retry::kNever) verdict.retry_advised = false;
    verdict.default_delay = std::max(verdict.default_delay, finding.delay);
    verdict.details = verdict.details | finding.details;
    bool listed = std::ranges::find(verdict.codes, finding.code) != verdict.codes.end();
    if (!finding.code.empty() && !listed) verdict.codes.push_back(finding.code);
  }
  verdict.findings = std::move(found.findings);
}

void Application(const ReportedError& error, int http_status, const CallFacts& facts,
                 Verdict& verdict) {
  Fallback rule = ApplicationRule(http_status);
  if (http_status == 401 && CallerHoldsKey(facts)) rule.fault = FaultDomain::kCaller;
  if (ModelThrew(error)) {
    if (http_status >= 500 || error.run_function_failed) rule.fault = FaultDomain::kModel;
    if (http_status == 502 || http_status == 503) {
      rule.code = grpcwire::Code::kInternal;
      rule.retry = Retry::kNever;
    }
  }
  Apply(rule, verdict);
  verdict.domain = DomainOf(facts.kind);
  verdict.origin = Origin::kApplication;
  verdict.rule = "application:" + std::to_string(http_status);
  verdict.decided_by_status = http_status;
  verdict.sentence = Sentence::kHttpStatus;
  verdict.sentence_value = std::to_string(http_status);
  if (Has(rule.details, Details::kResource)) verdict.resource_type = resource::kEndpoint;
}

void Intermediary(const ReportedError& error, Verdict& verdict) {
  Apply(IntermediaryRule(error.http_status), verdict);
  verdict.domain = kDomainIntermediary;
  verdict.origin = Origin::kIntermediary;
  verdict.rule = "intermediary:" + std::to_string(error.http_status);
  verdict.decided_by_status = error.http_status;
  verdict.sentence_value = std::to_string(error.http_status);
  if (IsErrorClass(error.http_status)) {
    verdict.sentence = Sentence::kProxyStatus;
    return;
  }
  // The page of a redirect often repeats its address with everything in it.
  verdict.upstream_text = UpstreamText::kNowhere;
  verdict.sentence = error.location_host.empty() ? Sentence::kRedirectNowhere : Sentence::kRedirect;
  verdict.sentence_more = error.location_host;
}

// A text that is not an error's, or a document without an error in it: it would make no sense as
// the message of one.
bool IsPayload(const ReportedError& error) {
  return error.voice == errorbody::Voice::kIntermediary || error.shape == "json";
}

void Model(const ReportedError& error, Verdict& verdict) {
  Fallback rule = ModelRule(error.model_error_reason, error.model_http_status);
  // The application row of 502 and 503, which an overload or a start, told by the reason, is not.
  const bool unavailable = error.model_http_status == 502 || error.model_http_status == 503;
  if (unavailable && rule.reason == reason::kModelError && ModelThrew(error)) {
    rule.code = grpcwire::Code::kInternal;
  }
  Apply(rule, verdict);
  bool invalid = rule.reason == reason::kUpstreamResponseInvalid;
  verdict.domain = invalid ? kDomainGateway : kDomainOnlineEndpoint;
  verdict.origin = invalid ? Origin::kGateway : Origin::kApplication;
  verdict.model_answer = true;
  if (invalid && IsPayload(error)) verdict.upstream_text = UpstreamText::kMetadata;
  verdict.decided_by_status = error.http_status;
  verdict.rule = "model:424";
  verdict.sentence = Sentence::kModelError;
  if (rule.reason == reason::kModelNotReady) {
    verdict.rule += "/model_not_ready";
    verdict.sentence = Sentence::kModelNotReady;
  } else if (rule.reason == reason::kModelOverloaded) {
    verdict.rule += "/too_many_pending_request";
    verdict.sentence = Sentence::kModelOverloaded;
  } else if (error.model_http_status != 0) {
    verdict.sentence_value = std::to_string(error.model_http_status);
    verdict.rule += "/" + verdict.sentence_value;
    verdict.sentence = Sentence::kModelStatus;
  }
}

// A 2xx that is no success (contract 2.6). What the gateway found is the gateway's word; a status
// in the body is the application's.
void InvalidSuccess(const ReportedError& error, const CallFacts& facts, Verdict& verdict) {
  std::string outside = std::to_string(error.http_status);
  if (IsErrorClass(error.embedded_status)) {
    Application(error, error.embedded_status, facts, verdict);
    verdict.rule = "success:" + outside + "/" + std::to_string(error.embedded_status);
    verdict.sentence = Sentence::kEmbeddedStatus;
    verdict.sentence_value = outside;
    verdict.sentence_more = std::to_string(error.embedded_status);
    return;
  }
  Apply(InvalidSuccessRule(), verdict);
  verdict.domain = kDomainGateway;
  verdict.origin = Origin::kGateway;
  verdict.rule = "success:" + outside;
  verdict.sentence = Sentence::kInvalidSuccess;
  verdict.sentence_value = outside;
  if (IsPayload(error)) verdict.upstream_text = UpstreamText::kMetadata;
}

// A canonical code that the application chose itself, where it keeps the status's family.
bool CanonicalStatus(const ReportedError& error, const CallFacts& facts, Verdict& verdict) {
  if (!error.rpc_status || !IsErrorClass(error.http_status)) return false;
  const errorbody::ReportedStatus& reported = *error.rpc_status;
  std::optional<grpcwire::Code> code = reported.status.empty()
                                           ? grpcwire::CodeFromNumber(reported.code)
                                           : grpcwire::CodeFromName(reported.status);
  if (!code || *code == grpcwire::Code::kOk) return false;
  if (BackMappedStatus(*code) / 100 != error.http_status / 100) {
    verdict.status_mismatch = true;
    return false;
  }
  Application(error, error.http_status, facts, verdict);
  verdict.code = *code;
  verdict.rule = "rpc_status:" + std::to_string(error.http_status) + "/";
  verdict.rule += grpcwire::CodeName(*code);
  verdict.pass_rpc_details = true;
  // Retryability is proven by the statuses 429, 502 and 503 only (I4).
  verdict.retry_advised = verdict.retry_advised && MayRetry(error.http_status, *code);
  return true;
}

bool ForcedIntermediary(const CallFacts& facts) {
  return facts.settings != nullptr &&
         facts.settings->error_voice == endpoint::ErrorVoice::kIntermediary;
}

Verdict Decide(const ReportedError& error, const CallFacts& facts) {
  using http::UpstreamKind;
  Verdict verdict;
  if (facts.kind == UpstreamKind::kClassic && !ForcedIntermediary(facts)) {
    CatalogueFindings found = JudgeCatalogue(error, facts);
    if (!found.findings.empty()) {
      Catalogue(std::move(found), verdict);
      // Items that were not kept cannot be known to be retryable.
      if (error.omitted_items != 0) verdict.retry_advised = false;
      return verdict;
    }
    verdict.status_mismatch = found.status_mismatch;
  }
  TakeCodes(error, facts, verdict);
  bool online = facts.kind == UpstreamKind::kOnlineEndpoint;
  if (IsSuccessClass(error.http_status)) {
    InvalidSuccess(error, facts, verdict);
  } else if (!IsErrorClass(error.http_status) || ForcedIntermediary(facts)) {
    Intermediary(error, verdict);
  } else if (online && error.http_status == 424) {
    Model(error, verdict);
  } else if (online && error.http_status == 404 && error.shape != "html") {
    Application(error, error.http_status, facts, verdict);
    verdict.sentence = Sentence::kNoDeployment;
  } else if (error.voice == errorbody::Voice::kIntermediary) {
    Intermediary(error, verdict);
  } else if (!CanonicalStatus(error, facts, verdict)) {
    Application(error, error.http_status, facts, verdict);
  }
  return verdict;
}

void ApplyStatusOverride(const CallFacts& facts, Verdict& verdict) {
  if (!verdict.findings.empty()) return;
  const endpoint::RuleOverride* found = FindOverride(facts, verdict.decided_by_status);
  if (found == nullptr) return;
  verdict.code = grpcwire::CodeFromNumber(found->code).value_or(verdict.code);
  if (IsReason(found->reason)) verdict.reason = found->reason;
  verdict.retry_advised = found->retry_after.has_value();
  verdict.default_delay = found->retry_after.value_or(std::chrono::milliseconds(0));
  verdict.rule = "override:" + std::to_string(found->http_status);
}

// For a call that must not be made twice, a 502 or a proxy's page does not say whether the work was
// done (contract 2.6, last paragraph). A documented row or a 429 or 503 of the application does.
void ApplyIdempotence(const CallFacts& facts, Verdict& verdict) {
  bool refused = !verdict.findings.empty() ||
                 (verdict.origin == Origin::kApplication && verdict.decided_by_status != 502);
  if (!facts.idempotent && !refused) verdict.retry_advised = false;
}

void ApplyGatewayFaults(const CallFacts& facts, Verdict& verdict) {
  bool reinterpret = facts.settings != nullptr &&
                     facts.settings->gateway_faults == endpoint::GatewayFaults::kReinterpret;
  if (!reinterpret || verdict.fault != FaultDomain::kGateway) return;
  verdict.code = grpcwire::Code::kInternal;
  verdict.retry_advised = false;
  verdict.rule += "+reinterpret";
}

}  // namespace

void ApplyWorkDone(const CallFacts& facts, Verdict& verdict) {
  if (facts.work_done) verdict.retry_advised = false;
}

void Apply(const Fallback& rule, Verdict& verdict) {
  verdict.code = rule.code;
  verdict.reason = rule.reason;
  verdict.fault = rule.fault;
  verdict.details = rule.details;
  verdict.retry_advised = rule.retry != Retry::kNever;
  verdict.default_delay = DefaultDelay(rule.retry);
}

Verdict JudgeAnswer(const ReportedError& error, const CallFacts& facts) {
  Verdict verdict = Decide(error, facts);
  ApplyStatusOverride(facts, verdict);
  ApplyIdempotence(facts, verdict);
  ApplyWorkDone(facts, verdict);
  ApplyGatewayFaults(facts, verdict);
  return verdict;
}

}  // namespace scoregate::translation
