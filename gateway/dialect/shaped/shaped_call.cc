#include "gateway/dialect/shaped/shaped_call.h"

#include <optional>
#include <string>
#include <utility>

#include "gateway/dialect/raw_call.h"
#include "gateway/dialect/request_check.h"
#include "gateway/dialect/shaped/answer.h"
#include "gateway/dialect/shaped/request_shapes.h"

namespace scoregate::dialect::shaped {

std::string TargetOf(const endpoint::Address& address) {
  std::string target = address.path;
  if (!address.query.empty()) target += "?" + address.query;
  return target;
}

http::Result<http::HttpRequest> EncodeScore(const scoring::v1::ScoreRequest& request,
                                            const endpoint::EndpointSettings& settings) {
  if (settings.request_shape == endpoint::RequestShape::kNone) {
    return http::Fault(http::FaultKind::kMethodNotFound,
                       "The endpoint declares no request_shape, so it has no typed tables; call "
                       "ScoreRaw.");
  }
  if (std::optional<http::Fault> wrong = CheckScoreRequest(request)) return *std::move(wrong);
  http::Result<std::string> body = WriteBody(request, settings);
  if (!body.ok()) return std::move(body).fault();
  return MakeRequest(TargetOf(settings.address), kJsonContentType, std::move(body).value(),
                     settings);
}

http::Result<void> DecodeScore(const http::HttpResponse& answer,
                               const endpoint::EndpointSettings& settings,
                               scoring::v1::ScoreResponse& response) {
  return ReadAnswer(answer.body, settings, response);
}

}  // namespace scoregate::dialect::shaped
