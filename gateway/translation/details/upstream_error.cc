// UpstreamError: what the upstream itself said and how the gateway read it, redacted and bounded.
#include <string>

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

void AddReported(const errorbody::ReportedError& error, bool with_text,
                 scoring::v1::UpstreamError& upstream) {
  upstream.set_error_class(CleanName(OuterCode(error), kMaxNameBytes));
  upstream.set_omitted_items(error.omitted_items);
  for (const auto& [name, value] : error.request_ids) {
    (*upstream.mutable_request_ids())[CleanName(name, kMaxNameBytes)] =
        CleanName(value, kMaxNameBytes);
  }
  if (!with_text) return;
  upstream.set_message(CleanText(error.message, kMaxTextBytes));
  for (const errorbody::ReportedItem& reported : error.items) {
    scoring::v1::UpstreamError::Item* item = upstream.add_items();
    item->set_code(CleanName(reported.code, kMaxNameBytes));
    item->set_target(CleanName(reported.target, kMaxNameBytes));
    item->set_message(CleanText(reported.message, kMaxItemTextBytes));
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
