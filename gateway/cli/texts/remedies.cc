#include "gateway/cli/texts/remedies.h"

#include <algorithm>
#include <array>
#include <string>

#include "gateway/translation/vocabulary.h"

namespace scoregate::cli {
namespace {

struct Remedy {
  std::string_view key;
  std::string_view text;
};

#define REMEDY(key, text) Remedy{key, text},
constexpr auto kEnglish = std::to_array({
#include "gateway/cli/texts/remedies_en-US.inc"
});
constexpr auto kKorean = std::to_array({
#include "gateway/cli/texts/remedies_ko-KR.inc"
});
#undef REMEDY

constexpr bool SameKeys() {
  return std::ranges::equal(kEnglish, kKorean, {}, &Remedy::key, &Remedy::key);
}
static_assert(SameKeys(), "every locale has the same rows in the same order");

const Remedy* Find(std::string_view key) {
  const auto* found = std::ranges::find(kEnglish, key, &Remedy::key);
  return found == kEnglish.end() ? nullptr : found;
}

// The row's own, or the rest's of its table.
std::string ForStatus(std::string_view family, std::string_view status) {
  std::string key = std::string(family) + ":" + std::string(status);
  if (Find(key) != nullptr) return key;
  std::string rest = std::string(family) + ":" + std::string(status.substr(0, 1)) + "xx";
  return Find(rest) != nullptr ? rest : std::string(family) + ":other";
}

std::string ForModel(const translation::UndocumentedRow& row) {
  namespace reason = translation::reason;
  if (row.reason == reason::kModelNotReady) return "model:not_ready";
  if (row.reason == reason::kModelOverloaded) return "model:overloaded";
  if (row.reason == reason::kUpstreamResponseInvalid) return "model:invalid";
  return row.rule.find('/') == row.rule.npos ? "model:no_status" : "model:status";
}

std::string KeyOf(const translation::UndocumentedRow& row) {
  const std::string_view rule = row.rule;
  const std::string_view family = rule.substr(0, rule.find(':'));
  const std::string_view rest = rule.substr(family.size() + 1);
  if (family == "gateway") return row.rule;
  if (family == "model") return ForModel(row);
  if (family == "rpc_status") return std::string(family);
  if (family != "success") return ForStatus(family, rest);
  const std::size_t inside = rest.find('/');
  if (inside == rest.npos) return std::string(family);
  return ForStatus("application", rest.substr(inside + 1));
}

}  // namespace

std::string_view RemedyOf(const translation::UndocumentedRow& row, std::string_view locale) {
  const Remedy* found = Find(KeyOf(row));
  if (found == nullptr) return "";
  if (locale != "ko-KR") return found->text;
  return kKorean[static_cast<std::size_t>(found - kEnglish.data())].text;
}

}  // namespace scoregate::cli
