// The service that the interop clients of the gRPC projects call.
#pragma once

#include "gateway/rpc/router.h"

namespace scoregate::conformance {

/// The methods of grpc.testing.TestService, but UnimplementedCall.
rpc::Router MakeInteropRouter();

}  // namespace scoregate::conformance
