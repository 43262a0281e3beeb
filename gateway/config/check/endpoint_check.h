// One endpoint of the configuration becomes the value that calls are made with.
#pragma once

#include <memory>
#include <string>

#include "gateway/config/load.h"
#include "gateway/config/read/report.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {

/// The settings; of use only where the report stays without errors. Defaults stand where the
/// message says nothing. `path` is the endpoint's, such as `endpoints[0]`.
std::shared_ptr<const endpoint::EndpointSettings> CheckEndpoint(
    const scoring::config::v1::Endpoint& message, const LoadInput& input, const std::string& path,
    Report& report);

}  // namespace scoregate::config
