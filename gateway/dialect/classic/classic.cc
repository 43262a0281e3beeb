#include "gateway/dialect/classic/classic.h"

#include <utility>

#include "gateway/dialect/classic/decode.h"
#include "gateway/dialect/classic/encode.h"
#include "gateway/dialect/classic/target.h"
#include "gateway/dialect/raw_call.h"
#include "gateway/dialect/request_check.h"

namespace scoregate::dialect {

http::Result<http::HttpRequest> ClassicDialect::EncodeScore(
    const scoring::v1::ScoreRequest& request, const endpoint::EndpointSettings& settings) const {
  if (std::optional<http::Fault> wrong = CheckScoreRequest(request)) return *std::move(wrong);
  const std::uint64_t limit = settings.limits.max_request_bytes;
  std::optional<std::string> body =
      classic::EncodeTables(request, settings.request_format, static_cast<std::size_t>(limit));
  if (!body) return RequestTooLarge("inputs", settings);
  return MakeRequest(classic::ExecuteTarget(settings.address, settings.request_format),
                     kJsonContentType, *std::move(body), settings);
}

http::Result<Certainty> ClassicDialect::DecodeScore(const http::HttpResponse& answer,
                                                    const endpoint::EndpointSettings&,
                                                    scoring::v1::ScoreResponse& response) const {
  return classic::DecodeTables(answer.body, response);
}

http::Result<http::HttpRequest> ClassicDialect::EncodeRaw(
    const scoring::v1::ScoreRawRequest& request, const endpoint::EndpointSettings& settings) const {
  return EncodeRawTo(classic::ExecuteTarget(settings.address, settings.request_format), request,
                     settings);
}

}  // namespace scoregate::dialect
