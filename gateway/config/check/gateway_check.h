// The gateway's own part of the configuration becomes settings.
#pragma once

#include "gateway/config/load.h"
#include "gateway/config/read/report.h"
#include "gateway/config/settings.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {

/// The settings; of use only where the report stays without errors.
GatewaySettings CheckGateway(const scoring::config::v1::GatewayConfig& message,
                             const LoadInput& input, Report& report);

}  // namespace scoregate::config
