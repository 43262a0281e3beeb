// The service that connectrpc's conformance runner calls: answers as each request says.
#pragma once

#include "gateway/rpc/router.h"

namespace scoregate::conformance {

/// The methods of connectrpc.conformance.v1.ConformanceService, but Unimplemented.
rpc::Router MakeConnectrpcRouter();

}  // namespace scoregate::conformance
