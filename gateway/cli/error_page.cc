#include "gateway/cli/error_page.h"

#include <algorithm>

#include "gateway/catalogue/texts.h"
#include "gateway/nearest/nearest.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::cli {
namespace {

constexpr std::size_t kMostSuggestions = 5;

std::string_view DelayText(translation::Retry retry) {
  switch (retry) {
    case translation::Retry::kNever:
      return "not advised: the same call would fail again";
    case translation::Retry::kBrief:
      return "yes, after 1 s, doubling with each attempt";
    case translation::Retry::kLowMemory:
      return "yes, after 2 s, doubling with each attempt";
    case translation::Retry::kWarmUp:
      return "yes, after 5 s, doubling with each attempt";
  }
  return "";
}

std::string Joined(const std::vector<std::string_view>& names) {
  std::string joined;
  for (std::string_view name : names) {
    if (!joined.empty()) joined += ", ";
    joined += name;
  }
  return joined;
}

void Line(std::string& page, std::string_view label, std::string_view text) {
  constexpr std::size_t kLabelColumns = 14;
  if (text.empty()) return;
  page += label;
  page.append(kLabelColumns - std::min(label.size(), kLabelColumns), ' ');
  page += text;
  page += '\n';
}

}  // namespace

std::string RowName(const translation::Row& row) {
  std::string name(row.error_class);
  if (!row.is_class()) name += "/" + std::string(row.error_code);
  return name;
}

const translation::Row* FindRowByName(std::string_view name) {
  std::size_t slash = name.find('/');
  if (slash == name.npos) return translation::FindRow(name, "");
  if (slash + 1 == name.size()) return nullptr;
  return translation::FindRow(name.substr(0, slash), name.substr(slash + 1));
}

std::vector<const translation::Row*> NearestRows(std::string_view name) {
  std::vector<const translation::Row*> nearest;
  auto add = [&](const translation::Row* row) {
    bool full = nearest.size() >= kMostSuggestions;
    if (!full && std::ranges::find(nearest, row) == nearest.end()) nearest.push_back(row);
  };
  // A code alone is what a log shows; its class is easily forgotten.
  for (const translation::Row& row : translation::Rows()) {
    if (!row.is_class() && nearest::Distance(row.error_code, name) == 0) add(&row);
  }
  std::vector<std::string> names;
  for (const translation::Row& row : translation::Rows()) names.push_back(RowName(row));
  std::vector<std::string_view> views(names.begin(), names.end());
  for (std::string_view near : nearest::NearestNames(name, views, kMostSuggestions)) {
    add(FindRowByName(near));
  }
  std::vector<std::string_view> codes;
  for (const translation::Row& row : translation::Rows()) codes.push_back(row.error_code);
  for (std::string_view near : nearest::NearestNames(name, codes, kMostSuggestions)) {
    for (const translation::Row& row : translation::Rows()) {
      if (!near.empty() && row.error_code == near) add(&row);
    }
  }
  return nearest;
}

std::string ErrorPage(const translation::Row& row, std::string_view locale) {
  std::string page = RowName(row) + "\n\n";
  page += catalogue::MeaningWithoutParameters(locale, row.error_class, row.error_code);
  page += "\n\n";
  Line(page, "what to do", catalogue::Remedy(locale, row.error_class, row.error_code));
  Line(page, "retry", DelayText(row.retry));
  Line(page, "fault of", translation::FaultDomainName(row.fault));
  page += '\n';
  Line(page, "gRPC code", grpcwire::CodeName(row.code));
  Line(page, "reason", row.reason);
  Line(page, "domain", translation::kDomainClassic);
  Line(page, "HTTP status", std::to_string(row.http_status));
  Line(page, "details", Joined(translation::DetailNames(row.details, row.retry)));
  std::vector<std::string_view> keys(row.metadata_keys.begin(), row.metadata_keys.end());
  Line(page, "metadata", Joined(keys));
  Line(page, "read more",
       std::string(translation::kDefaultHelpBaseUrl) + "#" + std::string(row.anchor));
  Line(page, "try it", "scoregate emulator, then call with the parameter raise=" + RowName(row));
  return page;
}

}  // namespace scoregate::cli
