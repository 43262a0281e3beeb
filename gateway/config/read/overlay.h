// The same settings from flags and from the environment, put over what the file says.
#pragma once

#include "gateway/config/load.h"
#include "gateway/config/read/report.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {

/// Sets what the environment, then what the flags say: the last one wins. A flag without a setting
/// of its name is an error.
void Overlay(const LoadInput& input, scoring::config::v1::GatewayConfig& message, Report& report);

/// Warns of SCOREGATE_ variables that mean nothing here. Not of those that hold an endpoint's key,
/// nor of those that a cluster sets for a service called scoregate.
void WarnOfUnknownVariables(const LoadInput& input,
                            const scoring::config::v1::GatewayConfig& message, Report& report);

}  // namespace scoregate::config
