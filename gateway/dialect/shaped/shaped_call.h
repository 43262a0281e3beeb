// Typed calls to upstreams that have no contract for them, in the shapes that configuration
// declares.
#pragma once

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/message.h"
#include "gateway/http/result.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::shaped {

/// Path and query of the endpoint's URL as it is configured.
std::string TargetOf(const endpoint::Address& address);

/// The request in the declared shape. Faults as those of Dialect::EncodeScore; kMethodNotFound
/// where no shape is declared.
http::Result<http::HttpRequest> EncodeScore(const scoring::v1::ScoreRequest& request,
                                            const endpoint::EndpointSettings& settings);

/// As Dialect::DecodeScore.
http::Result<void> DecodeScore(const http::HttpResponse& answer,
                               const endpoint::EndpointSettings& settings,
                               scoring::v1::ScoreResponse& response);

}  // namespace scoregate::dialect::shaped
