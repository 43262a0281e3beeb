// Any HTTP server that takes and gives JSON: bodies go through unread, typed calls are refused.
#pragma once

#include "gateway/dialect/dialect.h"

namespace scoregate::dialect {

class OpaqueDialect : public Dialect {
 public:
  /// Always kMethodNotFound.
  http::Result<http::HttpRequest> EncodeScore(
      const scoring::v1::ScoreRequest& request,
      const endpoint::EndpointSettings& settings) const override;
  http::Result<void> DecodeScore(const http::HttpResponse& answer,
                                 scoring::v1::ScoreResponse& response) const override;

  /// A POST to the endpoint's URL as it is configured.
  http::Result<http::HttpRequest> EncodeRaw(
      const scoring::v1::ScoreRawRequest& request,
      const endpoint::EndpointSettings& settings) const override;
};

}  // namespace scoregate::dialect
