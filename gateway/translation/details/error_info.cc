// ErrorInfo: the reason, who defines it, and the metadata (contract 2, 2.4, 2.7).
#include <string>

#include "gateway/translation/details/compose.h"
#include "gateway/translation/rules/documented_wording.h"
#include "gateway/translation/texts/wording.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

/// Most of a foreign name that metadata keeps, in bytes.
constexpr std::size_t kMaxCodeBytes = 256;
/// Most of the upstream's message and of a list of codes.
constexpr std::size_t kMaxValueBytes = 512;
/// As many entries as metadata mostly has, or more.
constexpr std::size_t kUsualEntries = 16;

void SetName(std::string_view key, std::string_view value, TextMap& metadata) {
  metadata.Set(key, std::string(value));
}

void SetClean(std::string_view key, std::string_view foreign, TextMap& metadata) {
  metadata.Set(key, CleanName(foreign, kMaxCodeBytes));
}

void SetCodes(const Verdict& verdict, TextMap& metadata) {
  // Documented names hold no secret and need no cleaning.
  bool documented_class = !verdict.findings.empty();
  if (documented_class) {
    SetName(key::kUpstreamClass, verdict.error_class, metadata);
  } else {
    SetClean(key::kUpstreamClass, verdict.error_class, metadata);
  }
  if (verdict.codes.empty()) return;
  bool documented_code = documented_class && verdict.findings.front().known;
  if (documented_code) {
    SetName(key::kUpstreamCode, verdict.codes.front(), metadata);
  } else {
    SetClean(key::kUpstreamCode, verdict.codes.front(), metadata);
  }
  std::string others;
  for (std::size_t i = 1; i < verdict.codes.size(); ++i) {
    std::string code = CleanName(verdict.codes[i], kMaxCodeBytes);
    // Whole codes only: half of one would be a name that nobody wrote.
    if (others.size() + code.size() + 1 > kMaxValueBytes) break;
    if (!others.empty()) others += ',';
    others += code;
  }
  metadata.Set(key::kAdditionalCodes, std::move(others));
}

// The upstream's words where they are not the documented ones and stand nowhere else.
void SetUpstreamMessage(const Source& source, const std::vector<FindingWords>& words,
                        TextMap& metadata) {
  if (source.error == nullptr || source.verdict.upstream_text != UpstreamText::kMetadata) return;
  if (!words.empty()) {
    const Finding& winner = source.verdict.findings.front();
    const Row& row = *winner.row;
    bool documented = words.front().fits;
    if (row.parameters == 0 && (winner.known || winner.code.empty())) {
      documented = IsDocumentedWording(row.error_class, row.error_code, winner.message);
    }
    if (documented) return;
    std::string said = words.front().said;
    Cut(said, kMaxValueBytes);
    metadata.Set(key::kUpstreamMessage, std::move(said));
    return;
  }
  metadata.Set(key::kUpstreamMessage, CleanText(source.error->message, kMaxValueBytes));
}

void SetParameters(const Verdict& verdict, const std::vector<FindingWords>& words,
                   TextMap& metadata) {
  // The winner's: two details of one kind would fight for the same keys.
  if (words.empty()) return;
  const Row& row = *verdict.findings.front().row;
  for (std::size_t i = 0; i < row.metadata_keys.size(); ++i) {
    metadata.Put(row.metadata_keys[i], std::string(words.front().values[i]));
  }
}

void SetModel(const errorbody::ReportedError& error, TextMap& metadata) {
  if (error.model_http_status != 0) {
    metadata.Set(key::kModelHttpStatus, std::to_string(error.model_http_status));
  }
  SetClean(key::kModelErrorReason, error.model_error_reason, metadata);
}

}  // namespace

void AddErrorInfo(const Source& source, const std::vector<FindingWords>& words,
                  const RetryAdvice& advice, Draft& draft) {
  const Verdict& verdict = source.verdict;
  draft.error_info.reason = verdict.reason;
  draft.error_info.domain = verdict.domain;
  TextMap& metadata = draft.error_info.metadata;
  metadata.Reserve(kUsualEntries);
  // Mostly in the order of the keys, so that few are moved.
  SetClean(key::kEndpoint, source.facts.endpoint, metadata);
  SetName(key::kErrorOrigin, OriginName(verdict.origin), metadata);
  SetName(key::kFaultDomain, FaultDomainName(verdict.fault), metadata);
  if (source.http_status != 0) {
    metadata.Set(key::kHttpStatus, std::to_string(source.http_status));
  }
  SetClean(key::kOperation, source.facts.operation, metadata);
  if (verdict.status_mismatch) metadata.Set(key::kStatusMismatch, "true");
  if (advice.unused_hint) {
    metadata.Set(key::kRetryAfterMs, std::to_string(advice.unused_hint->count()));
  }
  SetCodes(verdict, metadata);
  SetUpstreamMessage(source, words, metadata);
  SetParameters(verdict, words, metadata);
  if (verdict.model_answer && source.error != nullptr) SetModel(*source.error, metadata);
}

}  // namespace scoregate::translation
