// How the gateway shows who it is, as programs and real sockets: renewed tokens, the identity of a
// workload, a proxy on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <thread>

#include "tests/e2e/held_upstream.h"
#include "tests/e2e/stack.h"
#include "tests/support/certificates.h"
#include "tests/support/connect_proxy.h"
#include "tests/support/scripted_server.h"

namespace scoregate::e2e {
namespace {

using support::Script;
using support::ScriptedServer;
using support::TemporaryFile;
using ::testing::HasSubstr;
using ::testing::Not;

using RawOutcome = std::optional<client::Outcome<google::api::HttpBody>>;

constexpr char kGood[] =
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
    "3\r\n\r\n[1]";
constexpr char kRefused[] =
    "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 22\r\n\r\n"
    "key_auth_access_denied";

std::string Endpoint(const std::string& name, const std::string& url, const std::string& more) {
  return "- name: " + name + "\n  dialect: ONLINE_ENDPOINT\n  url: " + url + "/score\n" + more;
}

std::string Local(int port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

client::Outcome<google::api::HttpBody> Call(const Stack& stack, const std::string& endpoint) {
  scoring::v1::ScoreRawRequest request;
  request.set_endpoint(endpoint);
  request.mutable_body()->set_data("{}");
  return stack.Client()->ScoreRaw(request);
}

void Overwrite(const std::string& path, const std::string& text) {
  std::ofstream(path + ".next", std::ios::binary) << text;
  ASSERT_EQ(std::rename((path + ".next").c_str(), path.c_str()), 0);
}

TEST(TokenFile, IsReadAgainAfterARefusal) {
  HeldUpstream upstream;
  TemporaryFile token("token-one");
  Stack stack(Endpoint("tok", Local(upstream.port()), "  token: {file: " + token.path() + "}\n"));
  RawOutcome outcome;
  std::thread call([&] { outcome.emplace(Call(stack, "tok")); });
  EXPECT_THAT(upstream.WaitForRequest(), HasSubstr("authorization: Bearer token-one\r\n"));
  Overwrite(token.path(), "token-two\n");
  upstream.Answer(kRefused);
  upstream.Close();
  EXPECT_THAT(upstream.WaitForRequest(), HasSubstr("authorization: Bearer token-two\r\n"));
  upstream.Answer(kGood);
  upstream.Close();
  call.join();
  ASSERT_TRUE(outcome->ok()) << outcome->error().message;
  EXPECT_EQ(outcome->value().data(), "[1]");
  stack.gateway().Signal(SIGTERM);
  EXPECT_EQ(stack.gateway().Wait(), 0);
}

TEST(TokenFile, ThatHasNotChangedIsNotTriedTwice) {
  HeldUpstream upstream;
  TemporaryFile token("token-one");
  Stack stack(Endpoint("tok", Local(upstream.port()), "  token: {file: " + token.path() + "}\n"));
  RawOutcome outcome;
  std::thread call([&] { outcome.emplace(Call(stack, "tok")); });
  upstream.WaitForRequest();
  upstream.Answer(kRefused);
  upstream.Close();
  call.join();
  ASSERT_FALSE(outcome->ok());
  EXPECT_EQ(outcome->error().code, grpc::UNAUTHENTICATED);
  EXPECT_EQ(outcome->error().fault_domain(), "GATEWAY");
}

// An authority on this machine with a certificate of its own.
class WorkloadTest : public ::testing::Test {
 protected:
  std::unique_ptr<ScriptedServer> Authority(const std::string& answer) {
    support::CertificateOrder order;
    order.addresses = {"127.0.0.1"};
    ScriptedServer::Options options;
    options.tls = support::ServerTls{issuer_.Issue(order), "", support::ServerTls::Begin::kAtOnce};
    return std::make_unique<ScriptedServer>(
        std::vector<Script>{Script().ReadRequest().Write(answer)}, options);
  }
  static std::string Granted(const std::string& token) {
    const std::string body =
        R"({"token_type":"Bearer","expires_in":3600,"access_token":")" + token + "\"}";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  std::string Identity(const ScriptedServer& authority, const std::string& ca_file) const {
    return "  workload_identity: {tenant: my-tenant, client: my-client, token_file: " +
           own_.path() + ", authority: \"https://127.0.0.1:" + std::to_string(authority.port()) +
           "\", ca_file: " + ca_file + "}\n";
  }

  const support::CertificateAuthority issuer_;
  const TemporaryFile ca_{issuer_.certificate()};
  const TemporaryFile own_{"eyJhbGciOiJSUzI1NiJ9.own-secret.c2lnbmF0dXJl"};
};

TEST_F(WorkloadTest, ItsTokenIsExchangedForTheEndpointsOverTls) {
  auto authority = Authority(Granted("granted-token"));
  HeldUpstream upstream;
  Stack stack(Endpoint("work", Local(upstream.port()), Identity(*authority, ca_.path())));
  for (int i = 0; i < 2; ++i) {
    RawOutcome outcome;
    std::thread call([&] { outcome.emplace(Call(stack, "work")); });
    EXPECT_THAT(upstream.WaitForRequest(), HasSubstr("authorization: Bearer granted-token\r\n"));
    upstream.Answer(kGood);
    upstream.Close();
    call.join();
    EXPECT_TRUE(outcome->ok()) << outcome->error().message;
  }
  EXPECT_EQ(authority->connections(), 1u) << "the token is kept";
  stack.gateway().Signal(SIGTERM);
  EXPECT_EQ(stack.gateway().Wait(), 0);
  const std::string asked = authority->received(0);
  EXPECT_THAT(asked, HasSubstr("POST /my-tenant/oauth2/v2.0/token HTTP/1.1\r\n"));
  EXPECT_THAT(asked, HasSubstr("client_id=my-client&scope=https%3A%2F%2Fml.azure.com%2F.default&"));
  EXPECT_THAT(asked, HasSubstr("client_assertion=eyJhbGciOiJSUzI1NiJ9.own-secret.c2lnbmF0dXJl"));
}

TEST_F(WorkloadTest, AnAuthorityThatIsNotTrustedSeesNothing) {
  auto authority = Authority(Granted("granted-token"));
  const support::CertificateAuthority other;
  const TemporaryFile other_ca(other.certificate());
  Stack stack(Endpoint("work", "http://127.0.0.1:1", Identity(*authority, other_ca.path())));
  auto outcome = Call(stack, "work");
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, grpc::UNAVAILABLE);
  EXPECT_EQ(outcome.error().reason, "CREDENTIAL_UNAVAILABLE");
  EXPECT_EQ(outcome.error().fault_domain(), "GATEWAY");
  EXPECT_FALSE(outcome.error().retry_delay.has_value());
  EXPECT_THAT(outcome.error().message, HasSubstr("certificate of 127.0.0.1"));
  EXPECT_THAT(authority->received(0), Not(HasSubstr("own-secret")));
}

TEST_F(WorkloadTest, TheAuthoritysRefusalIsToldWithoutSecrets) {
  const std::string body =
      R"({"error":"invalid_client","error_description":"AADSTS70021: no match for eyJhbGciOiJSUzI1NiJ9.own-secret.c2lnbmF0dXJl"})";
  auto authority =
      Authority("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
  Stack stack(Endpoint("work", "http://127.0.0.1:1", Identity(*authority, ca_.path())));
  auto outcome = Call(stack, "work");
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().reason, "CREDENTIAL_UNAVAILABLE");
  EXPECT_THAT(outcome.error().message, HasSubstr("invalid_client: AADSTS70021"));
  EXPECT_THAT(outcome.error().status.SerializeAsString(), Not(HasSubstr("own-secret")));
  EXPECT_THAT(stack.gateway().err(), Not(HasSubstr("own-secret")));
}

TEST_F(WorkloadTest, OnAksTheVariablesOfTheClusterAreEnough) {
  auto authority = Authority(Granted("granted-token"));
  setenv("AZURE_TENANT_ID", "tenant-of-the-cluster", 1);
  setenv("AZURE_CLIENT_ID", "client-of-the-cluster", 1);
  setenv("AZURE_FEDERATED_TOKEN_FILE", own_.path().c_str(), 1);
  setenv("AZURE_AUTHORITY_HOST",
         ("https://127.0.0.1:" + std::to_string(authority->port()) + "/").c_str(), 1);
  HeldUpstream upstream;
  Stack stack(Endpoint("work", Local(upstream.port()),
                       "  workload_identity: {ca_file: " + ca_.path() + "}\n"));
  for (const char* name : {"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE",
                           "AZURE_AUTHORITY_HOST"}) {
    unsetenv(name);
  }
  RawOutcome outcome;
  std::thread call([&] { outcome.emplace(Call(stack, "work")); });
  EXPECT_THAT(upstream.WaitForRequest(), HasSubstr("authorization: Bearer granted-token\r\n"));
  upstream.Answer(kGood);
  call.join();
  EXPECT_TRUE(outcome->ok());
  EXPECT_THAT(authority->received(0), HasSubstr("POST /tenant-of-the-cluster/oauth2/v2.0/token"));
  EXPECT_THAT(authority->received(0), HasSubstr("client_id=client-of-the-cluster&"));
}

// A TLS upstream behind a proxy.
class ProxyTest : public ::testing::Test {
 protected:
  ProxyTest() {
    support::CertificateOrder order;
    order.names = {"localhost"};
    ScriptedServer::Options options;
    options.tls = support::ServerTls{issuer_.Issue(order), "", support::ServerTls::Begin::kAtOnce};
    upstream_ = std::make_unique<ScriptedServer>(
        std::vector<Script>{Script().ReadRequest().Write(kGood)}, options);
    setenv("E2E_PROXY_PAIR", "user:proxy-secret", 1);
    setenv("E2E_WRONG_PAIR", "user:other-secret", 1);
  }
  std::string Behind(const std::string& name, const std::string& more) const {
    return Endpoint(name, "https://localhost:" + std::to_string(upstream_->port()),
                    "  api_key: {env: E2E_KEY}\n  tls: {ca_file: " + ca_.path() +
                        "}\n  proxy: http://127.0.0.1:" + std::to_string(proxy_.port()) + "\n" +
                        more);
  }

  const support::CertificateAuthority issuer_;
  const TemporaryFile ca_{issuer_.certificate()};
  // Base64 of user:proxy-secret.
  support::ConnectProxy proxy_{"Basic dXNlcjpwcm94eS1zZWNyZXQ="};
  std::unique_ptr<ScriptedServer> upstream_;
};

TEST_F(ProxyTest, ATunnelCarriesTheCallAndNeverTheKey) {
  Stack stack(Behind("proxied", "  proxy_credentials: {env: E2E_PROXY_PAIR}\n"));
  auto outcome = Call(stack, "proxied");
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome.value().data(), "[1]");
  ASSERT_EQ(proxy_.requests().size(), 1u);
  EXPECT_THAT(proxy_.requests()[0],
              testing::StartsWith("CONNECT localhost:" + std::to_string(upstream_->port())));
  EXPECT_THAT(proxy_.requests()[0], Not(HasSubstr("right-key-of-the-test")));
  EXPECT_THAT(upstream_->received(0), HasSubstr("Bearer right-key-of-the-test"));
  EXPECT_THAT(upstream_->received(0), Not(HasSubstr("proxy-authorization")));
}

TEST_F(ProxyTest, WhatTheProxyRefusesIsSaidToBeItsDoing) {
  Stack stack(Behind("without", "") +
              Behind("wrong", "  proxy_credentials: {env: E2E_WRONG_PAIR}\n"));
  const std::pair<const char*, const char*> cases[] = {
      {"without", "it wants credentials (proxy_credentials)"},
      {"wrong", "it does not take the gateway's credentials (proxy_credentials)"}};
  for (const auto& [endpoint, why] : cases) {
    auto outcome = Call(stack, endpoint);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, grpc::UNAVAILABLE);
    EXPECT_EQ(outcome.error().reason, "UPSTREAM_UNREACHABLE");
    EXPECT_EQ(outcome.error().fault_domain(), "GATEWAY");
    EXPECT_FALSE(outcome.error().retry_delay.has_value());
    EXPECT_THAT(outcome.error().message, HasSubstr("the proxy 127.0.0.1:"));
    EXPECT_THAT(outcome.error().message, HasSubstr(why));
    EXPECT_THAT(outcome.error().status.SerializeAsString(), Not(HasSubstr("other-secret")));
  }
}

TEST_F(ProxyTest, APlainUpstreamIsForwardedNotTunnelled) {
  HeldUpstream proxy;
  Stack stack(Endpoint(
      "plain", "http://model.example:8080",
      "  proxy: " + Local(proxy.port()) + "\n  proxy_credentials: {env: E2E_PROXY_PAIR}\n"));
  RawOutcome outcome;
  std::thread call([&] { outcome.emplace(Call(stack, "plain")); });
  const std::string request = proxy.WaitForRequest();
  proxy.Answer(kGood);
  call.join();
  EXPECT_TRUE(outcome->ok());
  EXPECT_THAT(request, testing::StartsWith("POST http://model.example:8080/score HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("proxy-authorization: Basic dXNlcjpwcm94eS1zZWNyZXQ=\r\n"));
}

}  // namespace
}  // namespace scoregate::e2e
