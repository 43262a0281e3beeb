// gRPC's own C++ client over TLS: who may connect, and what the server then knows of it.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "echo.grpc.pb.h"
#include "tests/rpc/echo_server.h"
#include "tests/support/certificates.h"

namespace scoregate::rpc {
namespace {

using support::CertificateAuthority;
using support::CertificateOrder;
using support::Identity;
using test::EchoRequest;
using test::EchoResponse;
using namespace std::chrono_literals;

Identity Issue(const CertificateAuthority& authority, std::vector<std::string> names,
               std::vector<std::string> uris = {}) {
  CertificateOrder order;
  order.names = std::move(names);
  order.uris = std::move(uris);
  return authority.Issue(order);
}

ServerTlsOptions OwnOnly(const CertificateAuthority& authority) {
  Identity own = Issue(authority, {"gateway.example"});
  ServerTlsOptions options;
  options.certificate_pem = own.certificate;
  options.key_pem = own.key;
  return options;
}

std::shared_ptr<const ServerTls> MakeTls(const ServerTlsOptions& options) {
  MadeServerTls made = ServerTls::Make(options);
  if (made.problem) ADD_FAILURE() << made.problem->text;
  return made.tls;
}

// One channel of its own, so that nothing is shared between cases.
class TlsClient {
 public:
  TlsClient(const std::string& address, const std::string& trusted, const Identity& own = {}) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = trusted;
    options.pem_cert_chain = own.certificate;
    options.pem_private_key = own.key;
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetSslTargetNameOverride("gateway.example");
    arguments.SetMaxReceiveMessageSize(-1);
    stub_ = test::Echo::NewStub(
        grpc::CreateCustomChannel(address, grpc::SslCredentials(options), arguments));
  }

  grpc::Status Describe(EchoResponse& response) {
    grpc::ClientContext context;
    EchoRequest request;
    request.set_action(test::ACTION_DESCRIBE);
    return stub_->Unary(&context, request, &response);
  }

  grpc::Status Echo(const std::string& body) {
    grpc::ClientContext context;
    EchoRequest request;
    EchoResponse response;
    request.set_body(body);
    grpc::Status status = stub_->Unary(&context, request, &response);
    if (status.ok() && response.body() != body) ADD_FAILURE() << "another body came back";
    return status;
  }

  test::Echo::Stub& stub() { return *stub_; }

 private:
  std::unique_ptr<test::Echo::Stub> stub_;
};

TEST(TlsGrpc, CallsOfEverySizeComeThrough) {
  CertificateAuthority authority;
  EchoServer server({}, "127.0.0.1:0", 2, MakeTls(OwnOnly(authority)));
  TlsClient client(server.address(), authority.certificate());
  for (std::size_t size : {0u, 1u, 16'383u, 16'384u, 65'536u, 1'000'000u, 4'000'000u}) {
    grpc::Status status = client.Echo(std::string(size, 'x'));
    EXPECT_TRUE(status.ok()) << size << ": " << status.error_message();
  }
  EchoResponse response;
  ASSERT_TRUE(client.Describe(response).ok());
  EXPECT_TRUE(response.tls());
  EXPECT_THAT(response.peer(), testing::StartsWith("127.0.0.1:"));
  EXPECT_EQ(response.peer_names_size(), 0);
}

TEST(TlsGrpc, StreamsGoBothWaysAtOnce) {
  CertificateAuthority authority;
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls(OwnOnly(authority)));
  TlsClient client(server.address(), authority.certificate());
  grpc::ClientContext context;
  auto chat = client.stub().Chat(&context);
  constexpr int kMessages = 50;
  std::string body(100'000, 'x');
  auto writer = std::async(std::launch::async, [&] {
    EchoRequest request;
    request.set_body(body);
    for (int i = 0; i < kMessages; ++i) chat->Write(request);
    chat->WritesDone();
  });
  EchoResponse response;
  int seen = 0;
  while (chat->Read(&response)) seen += response.body() == body ? 1 : 0;
  writer.get();
  EXPECT_TRUE(chat->Finish().ok());
  EXPECT_EQ(seen, kMessages);
}

struct CallerCase {
  const char* name;
  ClientCertificate mode;
  std::vector<std::string> allowed;
  Identity caller;
  bool connects;
  std::vector<std::string> seen;
};

TEST(TlsGrpc, CallersAreJudgedByTheirCertificates) {
  CertificateAuthority authority;
  CertificateAuthority stranger;
  const Identity good = Issue(authority, {"a.clients.example"}, {"spiffe://td/ns/scoring/sa/a"});
  const std::vector<std::string> good_names = {"a.clients.example", "spiffe://td/ns/scoring/sa/a"};
  const Identity foreign = Issue(stranger, {"a.clients.example"});
  const Identity uri = Issue(authority, {}, {"admin.example"});
  const Identity dns = Issue(authority, {"spiffe://td/x"});
  CertificateOrder old;
  old.names = {"a.clients.example"};
  old.valid_until = -60s;
  const Identity expired = authority.Issue(old);
  constexpr auto kNone = ClientCertificate::kNone;
  constexpr auto kOptional = ClientCertificate::kOptional;
  constexpr auto kRequired = ClientCertificate::kRequired;
  const CallerCase cases[] = {
      {"asked for none, shows none", kNone, {}, {}, true, {}},
      {"asked for none, has one", kNone, {}, good, true, {}},
      {"may show one, shows none", kOptional, {}, {}, true, {}},
      {"may show one, shows a good one", kOptional, {}, good, true, good_names},
      {"may show one, shows a foreign one", kOptional, {}, foreign, false, {}},
      {"has to show one, shows none", kRequired, {}, {}, false, {}},
      {"has to show one, shows a good one", kRequired, {}, good, true, good_names},
      {"has to show one, shows a foreign one", kRequired, {}, foreign, false, {}},
      {"has to show one, shows one that is over", kRequired, {}, expired, false, {}},
      {"is allowed by DNS name", kRequired, {"*.clients.example"}, good, true, good_names},
      {"is allowed by URI", kRequired, {"b", "spiffe://td/ns/scoring/*"}, good, true, good_names},
      {"a URI that reads like the DNS name", kRequired, {"admin.example"}, uri, false, {}},
      {"a DNS name that reads like the URI", kRequired, {"spiffe://td/x"}, dns, false, {}},
      {"is not allowed", kRequired, {"b.clients.example"}, good, false, {}},
      {"may show one, which is not allowed", kOptional, {"b.clients.example"}, good, false, {}},
  };
  for (const CallerCase& c : cases) {
    SCOPED_TRACE(c.name);
    ServerTlsOptions options = OwnOnly(authority);
    options.client_certificate = c.mode;
    options.client_ca_pem = authority.certificate();
    options.allowed_sans = c.allowed;
    EchoServer server({}, "127.0.0.1:0", 1, MakeTls(options));
    TlsClient client(server.address(), authority.certificate(), c.caller);
    EchoResponse response;
    grpc::Status status = client.Describe(response);
    EXPECT_EQ(status.error_code(), c.connects ? grpc::OK : grpc::UNAVAILABLE);
    EXPECT_THAT(
        std::vector<std::string>(response.peer_names().begin(), response.peer_names().end()),
        testing::ElementsAreArray(c.seen));
  }
}

TEST(TlsGrpc, ARefusedCallerDisturbsNobody) {
  CertificateAuthority authority;
  ServerTlsOptions options = OwnOnly(authority);
  options.client_certificate = ClientCertificate::kRequired;
  options.client_ca_pem = authority.certificate();
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls(options));
  TlsClient good(server.address(), authority.certificate(), Issue(authority, {"a.example"}));
  grpc::ClientContext context;
  auto chat = good.stub().Chat(&context);
  EchoRequest request;
  EchoResponse response;
  for (int i = 0; i < 5; ++i) {
    TlsClient bad(server.address(), authority.certificate());
    EXPECT_EQ(bad.Echo("x").error_code(), grpc::UNAVAILABLE);
    request.set_body(std::to_string(i));
    ASSERT_TRUE(chat->Write(request));
    ASSERT_TRUE(chat->Read(&response));
    EXPECT_EQ(response.body(), request.body());
  }
  chat->WritesDone();
  EXPECT_TRUE(chat->Finish().ok());
}

TEST(TlsGrpc, ANewCertificateIsForNewConnections) {
  CertificateAuthority before;
  CertificateAuthority after;
  EchoServer server({}, "127.0.0.1:0", 2, MakeTls(OwnOnly(before)));
  TlsClient old_client(server.address(), before.certificate());
  grpc::ClientContext context;
  auto chat = old_client.stub().Chat(&context);
  EchoRequest request;
  EchoResponse response;
  ASSERT_TRUE(chat->Write(request) && chat->Read(&response));
  server.SetTls(MakeTls(OwnOnly(after)));
  EXPECT_TRUE(TlsClient(server.address(), after.certificate()).Echo("x").ok());
  EXPECT_FALSE(TlsClient(server.address(), before.certificate()).Echo("x").ok());
  EXPECT_TRUE(chat->Write(request) && chat->Read(&response));
  EXPECT_TRUE(old_client.Echo("on the old connection").ok());
  chat->WritesDone();
  EXPECT_TRUE(chat->Finish().ok());
}

TEST(TlsGrpc, CallsOutliveTheConnectionsThatGrowTooOld) {
  CertificateAuthority authority;
  ConnectionPolicy policy;
  policy.max_age = 20ms;
  EchoServer server({}, "127.0.0.1:0", 2, MakeTls(OwnOnly(authority)), policy);
  TlsClient client(server.address(), authority.certificate());
  std::set<std::string> connections;
  constexpr std::size_t kEnough = 4;
  for (int i = 0; i < 100'000 && connections.size() < kEnough; ++i) {
    EchoResponse response;
    grpc::Status status = client.Describe(response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    connections.insert(response.peer());
  }
  EXPECT_EQ(connections.size(), kEnough);
}

}  // namespace
}  // namespace scoregate::rpc
