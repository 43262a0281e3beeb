#include "gateway/translation/mapping.h"

#include "gateway/http/fault.h"
#include "gateway/translation/mapping_details.h"
#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

MappingRow Published(const Row& row) {
  return {.error_class = row.error_class,
          .error_code = row.error_code,
          .http_status = row.http_status,
          .code = row.code,
          .reason = row.reason,
          .domain = kDomainClassic,
          .details = DetailNames(row.details, row.retry),
          .retryable = row.retry != Retry::kNever,
          .default_delay = DefaultDelay(row.retry),
          .fault_domain = FaultDomainName(row.fault),
          .metadata_keys = row.metadata_keys};
}

template <typename Names>
std::string Listed(const Names& names) {
  std::string text;
  for (std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

std::string Delay(Retry retry) {
  return retry == Retry::kNever ? "no" : std::to_string(DefaultDelay(retry).count() / 1000) + " s";
}

// One line of a table.
std::string Line(std::initializer_list<std::string_view> cells) {
  std::string line = "|";
  for (std::string_view cell : cells) line.append(" ").append(cell).append(" |");
  return line + "\n";
}

std::string VerdictLine(std::string_view what, const Fallback& verdict, std::string_view details) {
  return Line({what, grpcwire::CodeName(verdict.code), verdict.reason, Delay(verdict.retry),
               FaultDomainName(verdict.fault), details});
}

std::string VerdictLine(std::string_view what, const Fallback& verdict) {
  return VerdictLine(what, verdict, DetailsOf(verdict));
}

constexpr std::string_view kVerdictHead =
    "| gRPC code | reason | retry | fault | adds |\n|---|---|---|---|---|---|\n";

std::string NameOf(const Row& row) {
  if (row.is_class()) return std::string(row.error_class);
  const std::string code(row.error_code);
  return row.departs ? "/ **" + code + "**" : "/ " + code;
}

std::string DocumentedRows() {
  std::string page =
      "## Documented errors (kind classic)\n"
      "Domain `" +
      std::string(kDomainClassic) +
      "`. A row in bold departs from its class. An unknown code has its class's row.\n\n"
      "| class / code | HTTP | gRPC code | reason | adds | retry | fault | metadata |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const Row& row : Rows()) {
    page += Line({NameOf(row), std::to_string(row.http_status), grpcwire::CodeName(row.code),
                  row.reason, DetailsOf(row), Delay(row.retry), FaultDomainName(row.fault),
                  Listed(row.metadata_keys)});
  }
  return page;
}

std::string ApplicationRows() {
  std::string page =
      "\n## Other answers of an application, by HTTP status\n"
      "Domain `" +
      std::string(kDomainClassic) + "`, `" + std::string(kDomainOnlineEndpoint) + "` or `" +
      std::string(kDomainOpaque) + "`, by kind.\n\n| HTTP " + std::string(kVerdictHead);
  for (const StatusRule& rule : ApplicationRules()) {
    page += VerdictLine(std::to_string(rule.http_status), rule.verdict);
  }
  page += VerdictLine("other 4xx", ApplicationRule(402));
  page += VerdictLine("other 5xx", ApplicationRule(599));
  page += VerdictLine("2xx that is no success", InvalidSuccessRule());
  return page;
}

std::string IntermediaryRows() {
  std::string page = "\n## Answers of a proxy, by HTTP status\nDomain `" +
                     std::string(kDomainIntermediary) + "`.\n\n| HTTP " + std::string(kVerdictHead);
  for (const StatusRule& rule : IntermediaryRules()) {
    page += VerdictLine(std::to_string(rule.http_status), rule.verdict);
  }
  page += VerdictLine("any other", IntermediaryRule(418));
  return page;
}

std::string ModelRows() {
  constexpr int kNoStatus = 0;
  std::string page =
      "\n## 424 of an online endpoint, by ms-azureml-model-error-reason and -statuscode\n"
      "Domain `" +
      std::string(kDomainOnlineEndpoint) + "`.\n\n| reason or status " + std::string(kVerdictHead);
  page += VerdictLine("model_not_ready", ModelRule("model_not_ready", kNoStatus));
  page += VerdictLine("too_many_pending_request", ModelRule("too_many_pending_request", kNoStatus));
  page += VerdictLine("no status", ModelRule("", kNoStatus));
  page += VerdictLine("below 400", ModelRule("", 201));
  for (const StatusRule& rule : ApplicationRules()) {
    page += VerdictLine(std::to_string(rule.http_status), ModelRule("", rule.http_status));
  }
  page += VerdictLine("other 4xx", ModelRule("", 402));
  page += VerdictLine("other 5xx", ModelRule("", 599));
  return page;
}

std::string FaultRows() {
  std::string page = "\n## Without an answer\nDomain `" + std::string(kDomainGateway) +
                     "`.\n\n| fault " + std::string(kVerdictHead);
  for (const FaultRule& rule : FaultRules()) {
    page += VerdictLine(http::FaultName(rule.kind), rule.verdict, DetailsOf(rule));
  }
  return page;
}

}  // namespace

std::vector<MappingRow> EnumerateRules() {
  std::vector<MappingRow> rows;
  rows.reserve(kRowCount);
  for (const Row& row : Rows()) rows.push_back(Published(row));
  return rows;
}

std::optional<MappingRow> FindMapping(std::string_view error_class, std::string_view error_code) {
  const Row* row = FindRow(error_class, error_code);
  if (row == nullptr) return std::nullopt;
  return Published(*row);
}

std::string GoldenPage() {
  return "# What every error becomes\n"
         "Written by a test from the tables in `gateway/translation/rules`; do not edit. "
         "`errors.md` says what the columns mean.\n" +
         DetailsLegend() + "\n" + DocumentedRows() + ApplicationRows() + IntermediaryRows() +
         ModelRows() + FaultRows();
}

}  // namespace scoregate::translation
