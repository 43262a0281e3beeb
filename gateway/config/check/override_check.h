// The overrides of an endpoint: which errors they mean, and what those become.
#pragma once

#include "gateway/config/check/endpoint_place.h"
#include "gateway/endpoint/endpoint_settings.h"

namespace scoregate::config {

/// Checks the overrides and fills `settings`, whose kind is known by now.
void CheckOverrides(const EndpointPlace& place, endpoint::EndpointSettings& settings);

}  // namespace scoregate::config
