// What the calls to an endpoint look like: shapes of bodies, headers, what callers may choose.
#pragma once

#include <string_view>

#include "gateway/config/check/endpoint_place.h"
#include "gateway/endpoint/endpoint_settings.h"

namespace scoregate::config {

/// Takes request_shape, answer_shape, output_columns, deployments, headers and forward_metadata
/// into the settings, whose kind is known.
void CheckCalls(const EndpointPlace& place, endpoint::EndpointSettings& settings);

/// Whether a text is made of letters, digits and these marks, and not empty.
bool IsMadeOf(std::string_view text, std::string_view marks);

}  // namespace scoregate::config
