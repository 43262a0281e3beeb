// Azure ML Studio (classic) request-response services, and what kept their contract, such as
// Designer real-time endpoints.
#pragma once

#include "gateway/dialect/dialect.h"

namespace scoregate::dialect {

class ClassicDialect : public Dialect {
 public:
  http::Result<http::HttpRequest> EncodeScore(
      const scoring::v1::ScoreRequest& request,
      const endpoint::EndpointSettings& settings) const override;
  http::Result<Certainty> DecodeScore(const http::HttpResponse& answer,
                                      const endpoint::EndpointSettings& settings,
                                      scoring::v1::ScoreResponse& response) const override;
  http::Result<http::HttpRequest> EncodeRaw(
      const scoring::v1::ScoreRawRequest& request,
      const endpoint::EndpointSettings& settings) const override;
};

}  // namespace scoregate::dialect
