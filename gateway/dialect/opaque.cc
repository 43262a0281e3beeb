#include "gateway/dialect/opaque.h"

#include <utility>

#include "gateway/dialect/raw_call.h"
#include "gateway/dialect/shaped/shaped_call.h"

namespace scoregate::dialect {

http::Result<http::HttpRequest> OpaqueDialect::EncodeScore(
    const scoring::v1::ScoreRequest& request, const endpoint::EndpointSettings& settings) const {
  return shaped::EncodeScore(request, settings);
}

http::Result<Certainty> OpaqueDialect::DecodeScore(const http::HttpResponse& answer,
                                                   const endpoint::EndpointSettings& settings,
                                                   scoring::v1::ScoreResponse& response) const {
  http::Result<void> read = shaped::DecodeScore(answer, settings, response);
  if (!read.ok()) return std::move(read).fault();
  return Certainty::kSuccess;
}

http::Result<http::HttpRequest> OpaqueDialect::EncodeRaw(
    const scoring::v1::ScoreRawRequest& request, const endpoint::EndpointSettings& settings) const {
  return EncodeRawTo(shaped::TargetOf(settings.address), request, settings);
}

}  // namespace scoregate::dialect
