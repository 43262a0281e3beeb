#include "gateway/cli/texts/error_page.h"

#include <algorithm>
#include <cctype>

#include "gateway/catalogue/catalogue.h"
#include "gateway/catalogue/texts.h"
#include "gateway/cli/texts/page_words.h"
#include "gateway/nearest/nearest.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::cli {
namespace {

constexpr std::size_t kMostSuggestions = 5;
// Shorter parts of a name are in too many names.
constexpr std::size_t kLeastPart = 3;

// Letters and digits alone, in lower case: REQUEST_THROTTLED and RequestThrottled are one.
std::string Folded(std::string_view name) {
  std::string folded;
  for (unsigned char c : name) {
    if (std::isalnum(c) != 0) folded += static_cast<char>(std::tolower(c));
  }
  return folded;
}

}  // namespace

std::string Joined(const std::vector<std::string_view>& names) {
  std::string joined;
  for (std::string_view name : names) {
    if (!joined.empty()) joined += ", ";
    joined += name;
  }
  return joined;
}

std::string RowName(const translation::MappingRow& row) {
  std::string name(row.error_class);
  if (!row.error_code.empty()) name += "/" + std::string(row.error_code);
  return name;
}

std::optional<translation::MappingRow> FindRowByName(std::string_view name) {
  std::size_t slash = name.find('/');
  if (slash == name.npos) return translation::FindMapping(name, "");
  if (slash + 1 == name.size()) return std::nullopt;
  return translation::FindMapping(name.substr(0, slash), name.substr(slash + 1));
}

std::vector<std::string> NearestNames(std::string_view name,
                                      const std::vector<std::string>& others) {
  std::vector<translation::MappingRow> rows = translation::EnumerateRules();
  std::vector<std::string> names;
  std::vector<std::string_view> codes;
  for (const translation::MappingRow& row : rows) {
    names.push_back(RowName(row));
    if (!row.error_code.empty()) codes.push_back(row.error_code);
  }
  names.insert(names.end(), others.begin(), others.end());
  std::vector<std::string> nearest;
  auto add = [&](const std::string& near) {
    bool full = nearest.size() >= kMostSuggestions;
    if (!full && std::ranges::find(nearest, near) == nearest.end()) nearest.push_back(near);
  };
  auto add_code = [&](std::string_view code) {
    for (const translation::MappingRow& row : rows) {
      if (row.error_code == code) add(RowName(row));
    }
  };
  // A code alone is what a log shows; its class is easily forgotten.
  std::vector<std::string_view> near_codes = nearest::NearestNames(name, codes, kMostSuggestions);
  for (std::string_view code : near_codes) {
    if (nearest::Distance(code, name) == 0) add_code(code);
  }
  std::vector<std::string_view> views(names.begin(), names.end());
  for (std::string_view near : nearest::NearestNames(name, views, kMostSuggestions)) {
    add(std::string(near));
  }
  for (std::string_view code : near_codes) add_code(code);
  const std::string part = Folded(name);
  if (part.size() < kLeastPart) return nearest;
  for (const translation::MappingRow& row : rows) {
    if (Folded(row.reason) == part) add(RowName(row));
  }
  for (const std::string& known : names) {
    if (Folded(known).find(part) != std::string::npos) add(known);
  }
  return nearest;
}

std::string ErrorPage(const translation::MappingRow& row, std::string_view locale) {
  const PageWords& words = WordsFor(locale);
  std::string page = RowName(row) + "\n\n";
  page += catalogue::MeaningWithoutParameters(locale, row.error_class, row.error_code);
  page += "\n\n";
  AddLine(page, words.what_to_do, catalogue::Remedy(locale, row.error_class, row.error_code));
  AddLine(page, words.retry, RetryText(row.retryable, row.default_delay, words));
  AddLine(page, words.fault_of, row.fault_domain);
  page += '\n';
  AddLine(page, words.grpc_code, grpcwire::CodeName(row.code));
  AddLine(page, words.reason, row.reason);
  AddLine(page, words.domain, row.domain);
  AddLine(page, words.http_status, std::to_string(row.http_status));
  AddLine(page, words.details, Joined(row.details));
  std::vector<std::string_view> keys(row.metadata_keys.begin(), row.metadata_keys.end());
  AddLine(page, words.metadata, Joined(keys));
  const catalogue::ErrorClass* error_class = catalogue::FindClass(row.error_class);
  AddLine(page, words.read_more,
          std::string(translation::kDefaultHelpBaseUrl) + "#" + std::string(error_class->anchor));
  AddLine(page, words.try_it, With(words.how_to_try, RowName(row)));
  return page;
}

}  // namespace scoregate::cli
