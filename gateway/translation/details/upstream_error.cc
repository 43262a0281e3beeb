// UpstreamError: what the upstream itself said and how the gateway read it, redacted and bounded.
#include <string>

#include "gateway/errorbody/text.h"
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

// Without its stack trace, which is for DebugInfo only.
std::string Words(std::string_view foreign, std::size_t limit) {
  if (foreign.empty()) return "";
  std::string clean = Clean(foreign, std::string::npos);
  Untraced parts = SplitTrace(clean);
  if (!parts.trace.empty()) clean = std::string(errorbody::Trimmed(parts.text));
  Cut(clean, limit);
  return clean;
}

void AddReported(const errorbody::ReportedError& error, bool with_text,
                 scoring::v1::UpstreamError& upstream) {
  upstream.set_error_class(Clean(OuterCode(error), kMaxNameBytes));
  upstream.set_omitted_items(error.omitted_items);
  for (const auto& [name, value] : error.request_ids) {
    (*upstream.mutable_request_ids())[Clean(name, kMaxNameBytes)] = Clean(value, kMaxNameBytes);
  }
  if (!with_text) return;
  upstream.set_message(Words(error.message, kMaxTextBytes));
  for (const errorbody::ReportedItem& reported : error.items) {
    scoring::v1::UpstreamError::Item* item = upstream.add_items();
    item->set_code(Clean(reported.code, kMaxNameBytes));
    item->set_target(Clean(reported.target, kMaxNameBytes));
    item->set_message(Words(reported.message, kMaxItemTextBytes));
  }
}

}  // namespace

void AddUpstreamError(const Source& source, Draft& draft) {
  draft.upstream = draft.Make<scoring::v1::UpstreamError>();
  draft.upstream->set_http_status(source.http_status);
  draft.upstream->set_origin(OriginOf(source.verdict.origin));
  draft.upstream->set_rule(source.verdict.rule);
  if (source.error == nullptr) return;
  bool with_text = source.verdict.upstream_text != UpstreamText::kNowhere;
  AddReported(*source.error, with_text, *draft.upstream);
}

}  // namespace scoregate::translation
