// The endpoint that a request names, or what is wrong with the name.
#pragma once

#include <string>
#include <string_view>

#include "gateway/http/result.h"
#include "gateway/service/endpoints.h"

namespace scoregate::service {

/// `field` is the request's field that holds the name. Faults: kRequestInvalid for an empty name,
/// kEndpointNotFound with the nearest name where there is one. On the endpoints' lane.
http::Result<LaneEndpoint*> FindEndpoint(LaneEndpoints& endpoints, const std::string& name,
                                         std::string_view field);

}  // namespace scoregate::service
