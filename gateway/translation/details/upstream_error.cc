// UpstreamError: what the upstream itself said and how the gateway read it, redacted and bounded.
#include <string>
#include <utility>
#include <vector>

#include "gateway/translation/details/compose.h"
#include "gateway/translation/texts/wording.h"

namespace scoregate::translation {
namespace {

constexpr std::size_t kMaxTextBytes = 1024;
constexpr std::size_t kMaxItemTextBytes = 256;
constexpr std::size_t kMaxNameBytes = 128;

scoring::v1::UpstreamError::Origin OriginOf(Origin origin) {
  switch (origin) {
    case Origin::kApplication:
      return scoring::v1::UpstreamError::APPLICATION;
    case Origin::kIntermediary:
      return scoring::v1::UpstreamError::INTERMEDIARY;
    case Origin::kGateway:
      return scoring::v1::UpstreamError::GATEWAY;
  }
  return scoring::v1::UpstreamError::ORIGIN_UNSPECIFIED;
}

// Who said how long to wait, in the order in which translation believes them (contract 2.5).
scoring::v1::UpstreamError::RetrySource RetrySourceOf(const Source& source) {
  const errorbody::ReportedError& error = *source.error;
  if (error.header_retry_delay) return scoring::v1::UpstreamError::HEADER;
  const bool in_details = source.verdict.pass_rpc_details && RpcRetryDelay(error);
  if (error.body_retry_delay || in_details) return scoring::v1::UpstreamError::BODY;
  if (error.prose_retry_delay) return scoring::v1::UpstreamError::PROSE;
  return scoring::v1::UpstreamError::RETRY_SOURCE_UNSPECIFIED;
}

// What one of the upstream's details says. A finding's words are clean already, and a finding views
// the very text that it was made of.
std::string ItemText(const Source& source, const std::vector<FindingWords>& words,
                     const errorbody::ReportedItem& item) {
  if (item.message.empty()) return "";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (source.verdict.findings[i].message.data() != item.message.data()) continue;
    std::string said = words[i].said;
    Cut(said, kMaxItemTextBytes);
    return said;
  }
  return CleanText(item.message, kMaxItemTextBytes);
}

TextMap CleanValues(const std::vector<errorbody::ReportedError::KnownField>& fields) {
  TextMap clean;
  clean.Reserve(fields.size());
  for (const auto& [name, value] : fields) clean.Put(name, CleanName(value, kMaxNameBytes));
  return clean;
}

void AddReported(const Source& source, const std::vector<FindingWords>& words,
                 UpstreamErrorDraft& upstream) {
  const errorbody::ReportedError& error = *source.error;
  upstream.error_class = CleanName(OuterCode(error), kMaxNameBytes);
  upstream.omitted_items = error.omitted_items;
  upstream.retry_source = RetrySourceOf(source);
  upstream.request_ids = CleanValues(error.request_ids);
  upstream.answer_fields = CleanValues(error.answer_fields);
  if (source.verdict.upstream_text == UpstreamText::kNowhere) return;
  upstream.message = CleanText(error.message, kMaxTextBytes);
  upstream.items.reserve(error.items.size());
  for (const errorbody::ReportedItem& reported : error.items) {
    upstream.items.push_back({CleanName(reported.code, kMaxNameBytes),
                              CleanName(reported.target, kMaxNameBytes),
                              ItemText(source, words, reported)});
  }
}

}  // namespace

void AddUpstreamError(const Source& source, const std::vector<FindingWords>& words, Draft& draft) {
  UpstreamErrorDraft& upstream = draft.upstream.emplace();
  upstream.http_status = source.http_status;
  upstream.origin = OriginOf(source.verdict.origin);
  upstream.rule = source.verdict.rule;
  if (source.error != nullptr) AddReported(source, words, upstream);
}

}  // namespace scoregate::translation
