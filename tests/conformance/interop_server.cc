// The server under test of the gRPC projects' interop clients: prints its port and serves.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "tests/conformance/host.h"
#include "tests/conformance/interop_service.h"

namespace {

// very_large_request sends 10 MiB.
constexpr std::size_t kMaxMessageBytes = std::size_t{16} * 1024 * 1024;

std::string ReadFile(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << "cannot read " << path << "\n";
    std::exit(1);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 1 && argc != 3) {
    std::cerr << "usage: interop_server [CERTIFICATE KEY]\nWith files: TLS. ./dev conformance runs "
                 "it.\n";
    return 2;
  }
  scoregate::conformance::HostOptions options;
  options.limits.max_message_bytes = kMaxMessageBytes;
  if (argc == 3) {
    options.tls.emplace();
    options.tls->certificate_pem = ReadFile(argv[1]);
    options.tls->key_pem = ReadFile(argv[2]);
  }
  scoregate::conformance::Host host(scoregate::conformance::MakeInteropRouter, options);
  std::cout << host.port() << std::endl;
  host.Serve();
}
