#include "gateway/cli/texts/explained.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "gateway/catalogue/texts.h"
#include "gateway/cli/texts/error_page.h"
#include "gateway/cli/texts/page_words.h"
#include "gateway/cli/texts/remedies.h"
#include "gateway/nearest/nearest.h"
#include "gateway/translation/undocumented.h"

namespace scoregate::cli {
namespace {

using translation::MappingRow;
using translation::UndocumentedRow;

constexpr std::string_view kReinterpret = "+reinterpret";
constexpr std::string_view kCatalogue = "catalogue:";
constexpr std::string_view kOverride = "override:";

// What a page says of a row, whichever table the row is in.
struct Brief {
  std::string name;
  std::string meaning;
  std::string remedy;
  std::string verdict;
};

// Both kinds of rows name these alike.
template <typename Row>
std::string VerdictOf(const Row& row, const PageWords& words) {
  std::string text(grpcwire::CodeName(row.code));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(row.default_delay);
  text += ", ";
  text += row.retryable ? With(words.retry_briefly, std::to_string(seconds.count()))
                        : std::string(words.no_retry_briefly);
  return text + ", " + With(words.fault_briefly, row.fault_domain);
}

Brief BriefOf(const MappingRow& row, std::string_view locale) {
  const auto meaning = catalogue::MeaningWithoutParameters(locale, row.error_class, row.error_code);
  const auto remedy = catalogue::Remedy(locale, row.error_class, row.error_code);
  return {RowName(row), std::string(meaning), std::string(remedy),
          VerdictOf(row, WordsFor(locale))};
}

Brief BriefOf(const UndocumentedRow& row, std::string_view locale) {
  return {row.rule, translation::MeaningOf(row, locale), std::string(RemedyOf(row, locale)),
          VerdictOf(row, WordsFor(locale))};
}

std::string RulePage(const UndocumentedRow& row, std::string_view locale) {
  const PageWords& words = WordsFor(locale);
  std::string page = row.rule + "\n\n" + translation::MeaningOf(row, locale) + "\n\n";
  AddLine(page, words.what_to_do, RemedyOf(row, locale));
  AddLine(page, words.retry, RetryText(row.retryable, row.default_delay, words));
  AddLine(page, words.fault_of, row.fault_domain);
  page += '\n';
  AddLine(page, words.grpc_code, grpcwire::CodeName(row.code));
  AddLine(page, words.reason, row.reason);
  AddLine(page, words.domain, Joined(row.domains));
  AddLine(page, words.details, Joined(row.details));
  return page;
}

// Those that call for the same are told together.
std::string ReasonPage(std::string_view reason, const std::vector<Brief>& rows,
                       const PageWords& words) {
  std::string page = std::string(reason) + "\n\n";
  page += With(words.several_rules, std::to_string(rows.size())) + "\n";
  for (auto row = rows.begin(); row != rows.end();) {
    auto same = [&](const Brief& other) { return other.remedy == row->remedy; };
    const auto end = std::find_if_not(row, rows.end(), same);
    page += '\n';
    for (auto one = row; one != end; ++one) page += one->name + "  " + one->verdict + '\n';
    if (end - row == 1) page += "    " + row->meaning + '\n';
    page.append("    ").append(words.what_to_do).append(": ").append(row->remedy) += '\n';
    row = end;
  }
  return page;
}

std::optional<std::string> OfReason(std::string_view reason, std::string_view locale) {
  std::vector<Brief> briefs;
  std::optional<std::string> only;
  for (const MappingRow& row : translation::EnumerateRules()) {
    if (row.reason != reason) continue;
    briefs.push_back(BriefOf(row, locale));
    only = ErrorPage(row, locale);
  }
  for (const UndocumentedRow& row : translation::UndocumentedRows()) {
    if (row.reason != reason) continue;
    briefs.push_back(BriefOf(row, locale));
    only = RulePage(row, locale);
  }
  if (briefs.size() > 1) return ReasonPage(reason, briefs, WordsFor(locale));
  return only;
}

std::optional<std::string> OfRow(std::string_view name, std::string_view locale) {
  const std::optional<MappingRow> row = FindRowByName(name);
  if (!row) return std::nullopt;
  return ErrorPage(*row, locale);
}

std::optional<std::string> OfRule(std::string_view rule, std::string_view locale) {
  if (rule.starts_with(kCatalogue)) return OfRow(rule.substr(kCatalogue.size()), locale);
  const std::optional<UndocumentedRow> row = translation::FindUndocumented(rule);
  if (!row) return std::nullopt;
  return RulePage(*row, locale);
}

// An override names what it overrides: a documented error or a status.
std::optional<std::string> OfOverride(std::string_view what, std::string_view locale) {
  std::optional<std::string> page = OfRow(what, locale);
  if (!page) page = OfRule("application:" + std::string(what), locale);
  if (page) *page += "\n" + std::string(WordsFor(locale).overridden) + "\n";
  return page;
}

}  // namespace

std::optional<std::string> Explained(std::string_view name, std::string_view locale) {
  if (name.ends_with(kReinterpret)) {
    auto page = Explained(name.substr(0, name.size() - kReinterpret.size()), locale);
    if (page) *page += "\n" + std::string(WordsFor(locale).reinterpreted) + "\n";
    return page;
  }
  if (name.starts_with(kOverride)) return OfOverride(name.substr(kOverride.size()), locale);
  if (auto page = OfRow(name, locale)) return page;
  if (auto page = OfRule(name, locale)) return page;
  return OfReason(name, locale);
}

std::vector<std::string> AllReasons() {
  std::set<std::string_view> reasons;
  for (const MappingRow& row : translation::EnumerateRules()) reasons.insert(row.reason);
  for (const UndocumentedRow& row : translation::UndocumentedRows()) reasons.insert(row.reason);
  return {reasons.begin(), reasons.end()};
}

std::vector<std::string> NearestExplained(std::string_view name) {
  constexpr std::string_view kGateway = "gateway:";
  std::vector<std::string> others = AllReasons();
  std::vector<std::string> faults;
  for (UndocumentedRow& row : translation::UndocumentedRows()) {
    if (row.rule.starts_with(kGateway)) faults.push_back(row.rule.substr(kGateway.size()));
    others.push_back(std::move(row.rule));
  }
  std::vector<std::string> nearest = NearestNames(name, others);
  // A fault alone is what `translate` takes.
  const std::vector<std::string_view> views(faults.begin(), faults.end());
  for (std::string_view fault : nearest::NearestNames(name, views, 1)) {
    const std::string rule = std::string(kGateway) + std::string(fault);
    std::erase(nearest, rule);
    const bool exact = nearest::Distance(name, fault) == 0;
    nearest.insert(exact ? nearest.begin() : nearest.end(), rule);
  }
  return nearest;
}

}  // namespace scoregate::cli
