// Any HTTP server that takes and gives JSON: bodies go through unread, and typed calls take the
// shape that configuration declares.
#pragma once

#include "gateway/dialect/dialect.h"

namespace scoregate::dialect {

/// POSTs to the endpoint's URL as it is configured.
class OpaqueDialect : public Dialect {
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
