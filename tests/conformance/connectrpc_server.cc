// The server under test of connectrpc's conformance runner, which starts it, tells it on standard
// input how to serve, reads on standard output where, and ends it.
#include <array>
#include <cstdint>
#include <iostream>
#include <string>

#include "connectrpc/conformance/v1/server_compat.pb.h"
#include "tests/conformance/connectrpc_service.h"
#include "tests/conformance/host.h"

namespace {

namespace suite = connectrpc::conformance::v1;

// Before each message stands its size, most significant byte first.
constexpr std::size_t kSizeBytes = 4;
constexpr std::uint32_t kMaxRequestBytes = 1024 * 1024;

bool ReadRequest(suite::ServerCompatRequest& request) {
  std::array<char, kSizeBytes> head{};
  if (!std::cin.read(head.data(), head.size())) return false;
  std::uint32_t size = 0;
  for (char byte : head) size = (size << 8) | static_cast<unsigned char>(byte);
  if (size > kMaxRequestBytes) return false;
  std::string bytes(size, '\0');
  return std::cin.read(bytes.data(), size) && request.ParseFromString(bytes);
}

void WriteResponse(const suite::ServerCompatResponse& response) {
  std::string bytes = response.SerializeAsString();
  for (std::size_t i = kSizeBytes; i-- > 0;) {
    std::cout.put(static_cast<char>(bytes.size() >> (8 * i)));
  }
  std::cout << bytes << std::flush;
}

}  // namespace

int main() {
  suite::ServerCompatRequest request;
  if (!ReadRequest(request)) {
    std::cerr << "standard input does not hold a ServerCompatRequest; this program is started by "
                 "connectconformance: try ./dev conformance\n";
    return 2;
  }
  scoregate::rpc::Limits limits;
  if (request.message_receive_limit() > 0) {
    limits.max_message_bytes = request.message_receive_limit();
  }
  scoregate::conformance::Host host(scoregate::conformance::MakeConnectrpcRouter, limits, 0);
  suite::ServerCompatResponse response;
  response.set_host("127.0.0.1");
  response.set_port(host.port());
  WriteResponse(response);
  host.Serve();
}
