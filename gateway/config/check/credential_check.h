// How the gateway shows who it is: to the endpoint, and to a proxy before it.
#pragma once

#include "gateway/config/check/endpoint_place.h"
#include "gateway/endpoint/endpoint_settings.h"

namespace scoregate::config {

/// Takes api_key, token and workload_identity into the settings.
void CheckCredentials(const EndpointPlace& place, endpoint::EndpointSettings& settings);

/// Takes the proxy: the key with its credentials, or what the environment says. The settings'
/// address and workload identity are known.
void CheckProxy(const EndpointPlace& place, endpoint::EndpointSettings& settings);

}  // namespace scoregate::config
