// The server under test of the gRPC projects' interop clients: prints its port and serves.
#include <iostream>

#include "tests/conformance/host.h"
#include "tests/conformance/interop_service.h"

int main() {
  scoregate::conformance::Host host(scoregate::conformance::MakeInteropRouter,
                                    scoregate::rpc::Limits(), 0);
  std::cout << host.port() << std::endl;
  host.Serve();
}
