#include "gateway/translation/overrides.h"

#include "gateway/grpcwire/code.h"
#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/reason.h"
#include "gateway/translation/rules/retry_advice.h"

namespace scoregate::translation {
namespace {

using endpoint::RuleOverride;

/// A model's answer behind an online endpoint: the status that the family belongs to is the
/// container's own, which is known only when it arrives.
constexpr int kModelStatus = 424;

std::optional<std::string> CheckTarget(const RuleOverride& rule, http::UpstreamKind kind) {
  if (rule.error_class.empty()) {
    if (!rule.error_code.empty()) return "I5: error_code needs its error_class";
    if (rule.http_status < 400 || rule.http_status > 599) {
      return "I5: http_status must be from 400 to 599 where no error_class is given";
    }
    return std::nullopt;
  }
  if (kind != http::UpstreamKind::kClassic) {
    return "I5: error_class applies to kind classic only; use http_status";
  }
  const Row* own = FindRow(rule.error_class, "");
  if (own == nullptr) return "I5: error_class is not a documented class";
  if (rule.http_status != 0 && rule.http_status != own->http_status) {
    return "I5: the class is documented under HTTP status " + std::to_string(own->http_status);
  }
  return std::nullopt;
}

struct Overridden {
  int http_status;
  FaultDomain fault;
};

// What the override changes: the row of its code, else of its class, else of its status.
Overridden TargetOf(const RuleOverride& rule) {
  if (rule.error_class.empty()) return {rule.http_status, ApplicationRule(rule.http_status).fault};
  const Row* row = FindRow(rule.error_class, rule.error_code);
  if (row == nullptr) row = FindRow(rule.error_class, "");
  return {row->http_status, row->fault};
}

std::optional<std::string> CheckFamily(const Overridden& target, grpcwire::Code code) {
  bool keeps = KeepsFamily(target.http_status, code, target.fault);
  if (target.http_status == kModelStatus) {
    keeps = KeepsFamily(400, code, target.fault) || KeepsFamily(500, code, target.fault);
  }
  if (keeps) return std::nullopt;
  return "I3: " + std::string(grpcwire::CodeName(code)) + " leaves the family of HTTP status " +
         std::to_string(target.http_status);
}

std::optional<std::string> CheckRetry(const RuleOverride& rule, const Overridden& target,
                                      grpcwire::Code code) {
  if (!rule.retry_after) return std::nullopt;
  if (code != grpcwire::Code::kUnavailable && code != grpcwire::Code::kResourceExhausted) {
    return "I4: retry_after goes with UNAVAILABLE and RESOURCE_EXHAUSTED only";
  }
  if (*rule.retry_after < kMinDelay || *rule.retry_after > kMaxHint) {
    return "I4: retry_after must be from 0.1 s to 24 h";
  }
  if (!MayRetry(target.http_status, code)) {
    return "I3: no 4xx becomes retryable but 429";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> CheckOverride(const RuleOverride& rule, http::UpstreamKind kind) {
  if (auto broken = CheckTarget(rule, kind)) return broken;
  std::optional<grpcwire::Code> code = grpcwire::CodeFromNumber(rule.code);
  if (!code || *code == grpcwire::Code::kOk) return "I1: code must be one of gRPC's and not OK";
  Overridden target = TargetOf(rule);
  if (auto broken = CheckFamily(target, *code)) return broken;
  if (auto broken = CheckRetry(rule, target, *code)) return broken;
  if (!rule.reason.empty() && !IsReason(rule.reason)) {
    return "I8: reason must be UPPER_SNAKE_CASE of 3 to 63 characters";
  }
  return std::nullopt;
}

}  // namespace scoregate::translation
