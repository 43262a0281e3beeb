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

scoregate::conformance::HostOptions OptionsOf(const suite::ServerCompatRequest& request) {
  scoregate::conformance::HostOptions options;
  if (request.message_receive_limit() > 0) {
    options.limits.max_message_bytes = request.message_receive_limit();
  }
  if (!request.use_tls()) return options;
  scoregate::rpc::ServerTlsOptions& tls = options.tls.emplace();
  tls.certificate_pem = request.server_creds().cert();
  tls.key_pem = request.server_creds().key();
  if (request.client_tls_cert().empty()) return options;
  tls.client_ca_pem = request.client_tls_cert();
  tls.client_certificate = scoregate::rpc::ClientCertificate::kRequired;
  return options;
}

}  // namespace

int main() {
  suite::ServerCompatRequest request;
  if (!ReadRequest(request)) {
    std::cerr << "standard input does not hold a ServerCompatRequest; this program is started by "
                 "connectconformance: try ./dev conformance\n";
    return 2;
  }
  scoregate::conformance::Host host(scoregate::conformance::MakeConnectrpcRouter,
                                    OptionsOf(request));
  suite::ServerCompatResponse response;
  response.set_host("127.0.0.1");
  response.set_port(host.port());
  if (request.use_tls()) response.set_pem_cert(request.server_creds().cert());
  WriteResponse(response);
  host.Serve();
}
