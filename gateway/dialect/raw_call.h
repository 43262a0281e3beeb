// Bodies that pass through unread, and what all requests of all dialects have in common.
#pragma once

#include <string>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/message.h"
#include "gateway/http/result.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect {

inline constexpr std::string_view kJsonContentType = "application/json";

/// A POST of that body with content-type, accept and the endpoint's fixed headers. Fault
/// kRequestTooLarge over the endpoint's limit.
http::Result<http::HttpRequest> MakeRequest(std::string target, std::string_view content_type,
                                            std::string body,
                                            const endpoint::EndpointSettings& settings);

/// The fault of a body that is over the endpoint's limit.
http::Fault RequestTooLarge(std::string field, const endpoint::EndpointSettings& settings);

/// The raw request as a POST to that target. An empty content type stands for JSON.
http::Result<http::HttpRequest> EncodeRawTo(std::string target,
                                            const scoring::v1::ScoreRawRequest& request,
                                            const endpoint::EndpointSettings& settings);

}  // namespace scoregate::dialect
