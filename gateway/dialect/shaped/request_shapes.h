// The shapes that a typed request can be written in, where the upstream has no contract for it.
#pragma once

#include <string>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/result.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::shaped {

/// The body in the shape that the settings declare, which is not kNone. The request has passed
/// CheckScoreRequest. Faults: kRequestInvalid where the shape has no place for what was asked,
/// kRequestTooLarge over the endpoint's limit.
http::Result<std::string> WriteBody(const scoring::v1::ScoreRequest& request,
                                    const endpoint::EndpointSettings& settings);

}  // namespace scoregate::dialect::shaped
