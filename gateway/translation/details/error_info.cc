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

class Metadata {
 public:
  explicit Metadata(google::rpc::ErrorInfo& info) : map_(*info.mutable_metadata()) {}

  /// No value, no key.
  void Set(std::string_view key, std::string value) {
    if (!value.empty()) map_[std::string(key)] = std::move(value);
  }
  void SetName(std::string_view key, std::string_view value) { Set(key, std::string(value)); }
  void SetClean(std::string_view key, std::string_view foreign, std::size_t limit) {
    Set(key, CleanName(foreign, limit));
  }
  /// The exception: a row with placeholders always has its keys.
  void SetEvenEmpty(std::string_view key, std::string_view value) {
    map_[std::string(key)] = std::string(value);
  }

 private:
  google::protobuf::Map<std::string, std::string>& map_;
};

void SetCodes(const Verdict& verdict, Metadata& metadata) {
  // Documented names hold no secret and need no cleaning.
  bool documented_class = !verdict.findings.empty();
  if (documented_class) {
    metadata.SetName(key::kUpstreamClass, verdict.error_class);
  } else {
    metadata.SetClean(key::kUpstreamClass, verdict.error_class, kMaxCodeBytes);
  }
  if (verdict.codes.empty()) return;
  bool documented_code = documented_class && verdict.findings.front().known;
  if (documented_code) {
    metadata.SetName(key::kUpstreamCode, verdict.codes.front());
  } else {
    metadata.SetClean(key::kUpstreamCode, verdict.codes.front(), kMaxCodeBytes);
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
                        Metadata& metadata) {
  if (source.error == nullptr || source.verdict.upstream_text != UpstreamText::kMetadata) return;
  std::string_view foreign = source.error->message;
  if (!words.empty()) {
    const Finding& winner = source.verdict.findings.front();
    const Row& row = *winner.row;
    bool documented = words.front().fits;
    if (row.parameters == 0 && (winner.known || winner.code.empty())) {
      documented = IsDocumentedWording(row.error_class, row.error_code, winner.message);
    }
    if (documented) return;
    foreign = winner.message;
  }
  metadata.Set(key::kUpstreamMessage, CleanText(foreign, kMaxValueBytes));
}

void SetParameters(const Verdict& verdict, const std::vector<FindingWords>& words,
                   Metadata& metadata) {
  // The winner's: two details of one kind would fight for the same keys.
  if (words.empty()) return;
  const Row& row = *verdict.findings.front().row;
  for (std::size_t i = 0; i < row.metadata_keys.size(); ++i) {
    metadata.SetEvenEmpty(row.metadata_keys[i], words.front().values[i]);
  }
}

void SetModel(const errorbody::ReportedError& error, Metadata& metadata) {
  if (error.model_http_status != 0) {
    metadata.Set(key::kModelHttpStatus, std::to_string(error.model_http_status));
  }
  metadata.SetClean(key::kModelErrorReason, error.model_error_reason, kMaxCodeBytes);
}

}  // namespace

void AddErrorInfo(const Source& source, const std::vector<FindingWords>& words,
                  const RetryAdvice& advice, Draft& draft) {
  const Verdict& verdict = source.verdict;
  draft.error_info = draft.Make<google::rpc::ErrorInfo>();
  draft.error_info->set_reason(std::string(verdict.reason));
  draft.error_info->set_domain(std::string(verdict.domain));
  Metadata metadata(*draft.error_info);
  metadata.SetName(key::kErrorOrigin, OriginName(verdict.origin));
  metadata.SetName(key::kFaultDomain, FaultDomainName(verdict.fault));
  metadata.SetClean(key::kEndpoint, source.facts.endpoint, kMaxCodeBytes);
  metadata.SetClean(key::kOperation, source.facts.operation, kMaxValueBytes);
  if (source.http_status != 0) {
    metadata.Set(key::kHttpStatus, std::to_string(source.http_status));
  }
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
