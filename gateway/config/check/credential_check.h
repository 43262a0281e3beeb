// How the gateway shows who it is: to the endpoint, and to a proxy before it.
#pragma once

#include "gateway/config/check/endpoint_place.h"
#include "gateway/endpoint/endpoint_settings.h"

namespace scoregate::config {

/// Takes api_key and token into the settings.
void CheckCredentials(const EndpointPlace& place, endpoint::EndpointSettings& settings);

/// Takes the proxy: the key, or HTTPS_PROXY and NO_PROXY. The settings' address is known.
void CheckProxy(const EndpointPlace& place, endpoint::EndpointSettings& settings);

}  // namespace scoregate::config
