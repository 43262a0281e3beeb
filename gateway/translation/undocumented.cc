#include "gateway/translation/undocumented.h"

#include <charconv>

#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

constexpr std::string_view kModelStatus = "424";
constexpr std::string_view kNotReady = "model_not_ready";
constexpr std::string_view kOverloaded = "too_many_pending_request";
constexpr std::string_view kOther = "other";
// Any status that no table names.
constexpr int kOther4xx = 402;
constexpr int kOther5xx = 599;
constexpr int kOtherProxyStatus = 418;

UndocumentedRow RowOf(std::string rule, const Fallback& verdict) {
  UndocumentedRow row;
  row.rule = std::move(rule);
  row.code = verdict.code;
  row.reason = verdict.reason;
  row.details = DetailNames(verdict.details, verdict.retry);
  row.retryable = verdict.retry != Retry::kNever;
  row.default_delay = DefaultDelay(verdict.retry);
  row.fault_domain = FaultDomainName(verdict.fault);
  return row;
}

UndocumentedRow Say(UndocumentedRow row, Sentence sentence, std::string_view value = {},
                    std::string_view more = {}) {
  row.sentence = sentence;
  row.values = {std::string(value), std::string(more)};
  return row;
}

std::string Rule(std::string_view family, std::string_view rest) {
  return std::string(family) + ":" + std::string(rest);
}

UndocumentedRow Gateway(const FaultRule& rule) {
  UndocumentedRow row = RowOf(Rule("gateway", http::FaultName(rule.kind)), rule.verdict);
  row.domains = {kDomainGateway};
  return Say(std::move(row), rule.sentence);
}

// `name` is the status as the rule shows it.
UndocumentedRow Application(std::string_view name, int http_status) {
  UndocumentedRow row = RowOf(Rule("application", name), ApplicationRule(http_status));
  row.domains = {kDomainClassic, kDomainOnlineEndpoint, kDomainOpaque};
  return Say(std::move(row), Sentence::kHttpStatus, name);
}

UndocumentedRow Intermediary(std::string_view name, int http_status) {
  UndocumentedRow row = RowOf(Rule("intermediary", name), IntermediaryRule(http_status));
  row.domains = {kDomainIntermediary};
  const bool is_error = http_status >= 400 && http_status <= 599;
  return Say(std::move(row), is_error ? Sentence::kProxyStatus : Sentence::kRedirectNowhere,
             name == kOther ? "NNN" : name);
}

// `what` is the container's reason or its status as the rule shows it; empty where it says neither.
UndocumentedRow Model(std::string_view what, int model_http_status) {
  const bool has_status = model_http_status != 0;
  const Fallback verdict = ModelRule(has_status ? "" : what, model_http_status);
  std::string rest(kModelStatus);
  if (!what.empty()) rest += "/" + std::string(what);
  UndocumentedRow row = RowOf(Rule("model", rest), verdict);
  const bool invalid = verdict.reason == reason::kUpstreamResponseInvalid;
  row.domains = {invalid ? kDomainGateway : kDomainOnlineEndpoint};
  if (has_status) return Say(std::move(row), Sentence::kModelStatus, what);
  const Sentence sentence = what == kNotReady     ? Sentence::kModelNotReady
                            : what == kOverloaded ? Sentence::kModelOverloaded
                                                  : Sentence::kModelError;
  return Say(std::move(row), sentence);
}

UndocumentedRow Success(std::string_view status) {
  UndocumentedRow row = RowOf(Rule("success", status), InvalidSuccessRule());
  row.domains = {kDomainGateway};
  return Say(std::move(row), Sentence::kInvalidSuccess, status);
}

// A status that stands in the body of a success is the application's.
UndocumentedRow Embedded(std::string_view outside, std::string_view inside, int http_status) {
  UndocumentedRow row = Application(inside, http_status);
  row.rule = Rule("success", std::string(outside) + "/" + std::string(inside));
  return Say(std::move(row), Sentence::kEmbeddedStatus, outside, inside);
}

UndocumentedRow RpcStatus(std::string_view rest, int http_status, grpcwire::Code code) {
  UndocumentedRow row = Application(rest.substr(0, rest.find('/')), http_status);
  row.rule = Rule("rpc_status", rest);
  row.code = code;
  if (row.retryable && !MayRetry(http_status, code)) {
    row.retryable = false;
    row.default_delay = {};
    std::erase(row.details, "RetryInfo");
  }
  return row;
}

// A status from `least` to `most`; 0 where it is none.
int StatusOf(std::string_view text, int least, int most) {
  constexpr std::size_t kDigits = 3;
  int status = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, status);
  const bool whole = text.size() == kDigits && read.ec == std::errc() && read.ptr == end;
  return whole && status >= least && status <= most ? status : 0;
}

std::optional<UndocumentedRow> FindModel(std::string_view rest) {
  if (rest == kModelStatus) return Model("", 0);
  if (!rest.starts_with(kModelStatus) || rest.substr(kModelStatus.size(), 1) != "/") {
    return std::nullopt;
  }
  const std::string_view what = rest.substr(kModelStatus.size() + 1);
  if (what == kNotReady || what == kOverloaded) return Model(what, 0);
  if (const int status = StatusOf(what, 100, 999)) return Model(what, status);
  return std::nullopt;
}

std::optional<UndocumentedRow> FindSuccess(std::string_view rest) {
  const std::string_view outside = rest.substr(0, rest.find('/'));
  if (StatusOf(outside, 200, 299) == 0) return std::nullopt;
  if (outside.size() == rest.size()) return Success(outside);
  const std::string_view inside = rest.substr(outside.size() + 1);
  const int status = StatusOf(inside, 400, 599);
  if (status == 0) return std::nullopt;
  return Embedded(outside, inside, status);
}

std::optional<UndocumentedRow> FindRpcStatus(std::string_view rest) {
  const std::size_t slash = rest.find('/');
  if (slash == rest.npos) return std::nullopt;
  const int status = StatusOf(rest.substr(0, slash), 400, 599);
  const auto code = grpcwire::CodeFromName(rest.substr(slash + 1));
  if (status == 0 || !code || BackMappedStatus(*code) / 100 != status / 100) return std::nullopt;
  return RpcStatus(rest, status, *code);
}

}  // namespace

std::vector<UndocumentedRow> UndocumentedRows() {
  std::vector<UndocumentedRow> rows;
  for (const FaultRule& rule : FaultRules()) rows.push_back(Gateway(rule));
  for (const StatusRule& rule : ApplicationRules()) {
    rows.push_back(Application(std::to_string(rule.http_status), rule.http_status));
  }
  rows.push_back(Application("4xx", kOther4xx));
  rows.push_back(Application("5xx", kOther5xx));
  for (const StatusRule& rule : IntermediaryRules()) {
    rows.push_back(Intermediary(std::to_string(rule.http_status), rule.http_status));
  }
  rows.push_back(Intermediary("3xx", 302));
  rows.push_back(Intermediary(kOther, kOtherProxyStatus));
  rows.push_back(Model(kNotReady, 0));
  rows.push_back(Model(kOverloaded, 0));
  rows.push_back(Model("", 0));
  for (const StatusRule& rule : ApplicationRules()) {
    rows.push_back(Model(std::to_string(rule.http_status), rule.http_status));
  }
  rows.push_back(Model("4xx", kOther4xx));
  rows.push_back(Model("5xx", kOther5xx));
  rows.push_back(Model("2xx", 201));
  rows.push_back(Success("200"));
  return rows;
}

std::optional<UndocumentedRow> FindUndocumented(std::string_view rule) {
  const std::size_t colon = rule.find(':');
  if (colon == rule.npos) return std::nullopt;
  const std::string_view family = rule.substr(0, colon);
  const std::string_view rest = rule.substr(colon + 1);
  if (family == "application") {
    if (const int status = StatusOf(rest, 400, 599)) return Application(rest, status);
  } else if (family == "intermediary") {
    if (const int status = StatusOf(rest, 100, 999)) return Intermediary(rest, status);
  } else if (family == "model") {
    if (auto row = FindModel(rest)) return row;
  } else if (family == "success") {
    if (auto row = FindSuccess(rest)) return row;
  } else if (family == "rpc_status") {
    return FindRpcStatus(rest);
  }
  for (UndocumentedRow& row : UndocumentedRows()) {
    if (row.rule == rule) return std::move(row);
  }
  return std::nullopt;
}

std::string MeaningOf(const UndocumentedRow& row, std::string_view locale) {
  return Say(row.sentence, locale, SentenceValues{row.values[0], row.values[1]});
}

}  // namespace scoregate::translation
