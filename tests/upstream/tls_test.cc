// TLS to upstreams: whom we trust, what we show, and how a handshake fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/certificates.h"
#include "tests/support/scripted_server.h"
#include "tests/upstream/stage.h"

namespace scoregate::upstream {
namespace {

using support::CertificateAuthority;
using support::CertificateOrder;
using support::Script;
using support::ScriptedServer;
using support::ServerTls;
using support::TemporaryFile;

const std::string kHello = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
const std::string kSecond = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond";

const CertificateAuthority& Authority() {
  static const CertificateAuthority authority;
  return authority;
}

CertificateOrder Loopback() {
  CertificateOrder order;
  order.names = {"model.example"};
  order.addresses = {"127.0.0.1"};
  return order;
}

ScriptedServer::Options With(const CertificateOrder& order) {
  ScriptedServer::Options options;
  options.tls = ServerTls{Authority().Issue(order), "", ServerTls::Begin::kAtOnce};
  return options;
}

Script Hello() {
  return Script().ReadRequest().Write(kHello);
}

// A stage whose endpoint speaks TLS and trusts the authority of this file.
class Tls : public testing::Test {
 protected:
  std::unique_ptr<Stage> MakeStage(const ScriptedServer& server) const {
    auto stage = std::make_unique<Stage>(server.port());
    stage->settings.address.tls = true;
    stage->settings.tls.ca_file = authority_.path();
    return stage;
  }

  const TemporaryFile authority_{Authority().certificate()};
};

TEST_F(Tls, TrustsAnAuthorityItWasGiven) {
  ScriptedServer server({Script().ReadRequest().Write(kHello).ReadRequest().Write(kSecond)},
                        With(Loopback()));
  auto stage = MakeStage(server);
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 second");
  EXPECT_EQ(server.connections(), 1u);
  EXPECT_THAT(server.received(0), testing::StartsWith("POST /score?details=true HTTP/1.1\r\n"));
}

TEST_F(Tls, RefusesCertificatesForTheirOwnReasons) {
  struct Row {
    const char* name;
    CertificateOrder order;
    bool own_authority;
    const char* server_name;
    const char* expected;
  };
  CertificateOrder expired = Loopback();
  expired.valid_from = std::chrono::seconds(-7200);
  expired.valid_until = std::chrono::seconds(-3600);
  CertificateOrder early = Loopback();
  early.valid_from = std::chrono::seconds(3600);
  early.valid_until = std::chrono::seconds(7200);
  CertificateOrder elsewhere;
  elsewhere.names = {"other.example"};
  elsewhere.addresses = {"127.0.0.9"};
  CertificateOrder named_in_its_subject;
  named_in_its_subject.common_name = "model.example";
  CertificateOrder addressed_in_its_subject;
  addressed_in_its_subject.common_name = "127.0.0.1";
  const Row rows[] = {
      {"good by address", Loopback(), true, "", "200 hello"},
      {"good by name", Loopback(), true, "model.example", "200 hello"},
      {"expired", expired, true, "", "certificate has expired"},
      {"not yet valid", early, true, "", "certificate is not yet valid"},
      {"another address", elsewhere, true, "", "IP address mismatch"},
      {"another name", elsewhere, true, "model.example", "hostname mismatch"},
      {"the name as common name only", named_in_its_subject, true, "model.example",
       "hostname mismatch"},
      {"the address as common name only", addressed_in_its_subject, true, "",
       "IP address mismatch"},
      {"an authority nobody knows", Loopback(), false, "",
       "unable to get local issuer certificate"},
  };
  for (const Row& row : rows) {
    ScriptedServer server({Hello()}, With(row.order));
    auto stage = MakeStage(server);
    stage->settings.tls.server_name = row.server_name;
    if (!row.own_authority) stage->settings.tls.ca_file.clear();
    std::string expected = row.expected;
    if (expected != "200 hello") {
      expected.insert(0, "tls_untrusted: the certificate of PLACE was refused: ");
    }
    EXPECT_EQ(stage->Exchange(SmallRequest()), expected) << row.name;
  }
}

TEST_F(Tls, SkipsVerificationOnlyWhenToldTo) {
  CertificateOrder expired;
  expired.valid_until = std::chrono::seconds(-1800);
  ScriptedServer server({Hello()}, With(expired));
  auto stage = MakeStage(server);
  stage->settings.tls.ca_file.clear();
  stage->settings.tls.insecure_skip_verify = true;
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
}

TEST_F(Tls, ShowsItsOwnCertificateWhereOneIsDemanded) {
  CertificateAuthority clients;
  support::Identity own = clients.Issue({});
  TemporaryFile certificate(own.certificate);
  TemporaryFile key(own.key);
  TemporaryFile both(own.certificate + own.key);
  struct Row {
    const char* name;
    std::string certificate_file;
    std::string key_file;
  };
  const Row rows[] = {{"two files", certificate.path(), key.path()}, {"one file", both.path(), ""}};
  for (const Row& row : rows) {
    ScriptedServer::Options options = With(Loopback());
    options.tls->client_authority = clients.certificate();
    ScriptedServer server({Hello()}, options);
    auto stage = MakeStage(server);
    stage->settings.tls.cert_file = row.certificate_file;
    stage->settings.tls.key_file = row.key_file;
    EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello") << row.name;
  }
}

TEST_F(Tls, TellsOfAServerThatDemandsACertificate) {
  CertificateAuthority clients;
  ScriptedServer::Options options = With(Loopback());
  options.tls->client_authority = clients.certificate();
  ScriptedServer server({Hello()}, options);
  auto stage = MakeStage(server);
  EXPECT_THAT(stage->Exchange(SmallRequest()),
              testing::StartsWith("tls: the TLS handshake with PLACE failed: "));
}

TEST_F(Tls, TellsOfAServerThatSpeaksNoTls) {
  ScriptedServer server({Script().ReadBytes(100).Write("HTTP/1.1 400 Bad Request\r\n\r\n")});
  auto stage = MakeStage(server);
  EXPECT_THAT(stage->Exchange(SmallRequest()),
              testing::StartsWith("tls: the TLS handshake with PLACE failed: "));
  ScriptedServer closing({Script().ReadBytes(100).Close()});
  stage = MakeStage(closing);
  EXPECT_THAT(stage->Exchange(SmallRequest()),
              testing::StartsWith("tls: the TLS handshake with PLACE failed: it was closed"));
}

TEST_F(Tls, TellsOfFilesThatCannotBeUsed) {
  ScriptedServer server({Hello()}, With(Loopback()));
  auto stage = MakeStage(server);
  stage->settings.tls.ca_file = "/no/such/file";
  EXPECT_EQ(
      stage->Exchange(SmallRequest()),
      "tls: no TLS handshake with PLACE can be made: tls.ca_file cannot be used: No such file "
      "or directory");
  TemporaryFile nonsense("nonsense");
  stage = MakeStage(server);
  stage->settings.tls.cert_file = nonsense.path();
  EXPECT_THAT(stage->Exchange(SmallRequest()),
              testing::StartsWith("tls: no TLS handshake with PLACE can be made: tls.cert_file"));
  // Nobody sits at a terminal to be asked.
  TemporaryFile certificate(Authority().Issue({}).certificate);
  TemporaryFile locked(support::KeyBehindPassphrase());
  stage = MakeStage(server);
  stage->settings.tls.cert_file = certificate.path();
  stage->settings.tls.key_file = locked.path();
  EXPECT_THAT(stage->Exchange(SmallRequest()),
              testing::StartsWith("tls: no TLS handshake with PLACE can be made: tls.key_file"));
}

// Both records are there before the loop reads, so that one read takes them off the socket.
TEST_F(Tls, DropsAConnectionOnWhichARecordCameUnasked) {
  const std::string kForged = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged";
  ScriptedServer server({Script().ReadRequest().Pause().Write(kHello).Write(kForged).Pause(),
                         Script().ReadRequest().Write(kSecond)},
                        With(Loopback()));
  auto stage = MakeStage(server);
  auto call = stage->Start(SmallRequest());
  ASSERT_TRUE(stage->RunUntil([&] { return server.pauses(0) == 1; }));
  server.Resume();
  ASSERT_TRUE(server.WaitForPause(0, 2));
  ASSERT_TRUE(stage->RunUntil([&] { return call->ended(); }));
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 second");
  EXPECT_EQ(server.connections(), 2u);
}

TEST_F(Tls, TakesUpEarlierSessions) {
  const std::string kClosing =
      "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello";
  ScriptedServer server({Script().ReadRequest().Write(kClosing).WaitForClose()}, With(Loopback()));
  auto stage = MakeStage(server);
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  EXPECT_EQ(stage->client().stats().tls_resumed, 1u);
  EXPECT_FALSE(server.resumed(0));
  EXPECT_TRUE(server.resumed(1));
}

TEST_F(Tls, DoesNotTakeABrokenEndForAnEnd) {
  const std::string kUntilTheEnd = "HTTP/1.1 200 OK\r\n\r\nhello";
  ScriptedServer orderly({Script().ReadRequest().Write(kUntilTheEnd).Close()}, With(Loopback()));
  auto stage = MakeStage(orderly);
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  ScriptedServer broken({Script().ReadRequest().Write(kUntilTheEnd).Drop()}, With(Loopback()));
  stage = MakeStage(broken);
  EXPECT_EQ(stage->Exchange(SmallRequest()),
            "reset_after_send: the connection to PLACE broke inside the answer: it was closed "
            "without TLS's end");
}

TEST_F(Tls, ReplacesAConnectionThatClosedWhileItWaited) {
  ScriptedServer server({Hello().Close(), Script().ReadRequest().Write(kSecond)}, With(Loopback()));
  auto stage = MakeStage(server);
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  ASSERT_TRUE(server.WaitForEnd(0));
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 second");
}

TEST_F(Tls, CarriesLargeBodiesAndEarlyAnswers) {
  constexpr std::size_t kSize = 3u << 20;
  std::string body(kSize, 'b');
  ScriptedServer server(
      {Script()
           .ReadRequest()
           .Write("HTTP/1.1 200 OK\r\ncontent-length: " + std::to_string(kSize) + "\r\n\r\n" + body)
           .ReadHead()
           .Write("HTTP/1.1 413 X\r\ncontent-length: 5\r\n\r\nlarge")
           .Pause()},
      With(Loopback()));
  auto stage = MakeStage(server);
  stage->settings.limits.max_request_bytes = 64u << 20;
  http::HttpRequest request;
  request.body.assign(kSize, 'a');
  EXPECT_EQ(stage->Exchange(request), "200 " + body);
  EXPECT_EQ(server.received(0).size() - server.received(0).find("\r\n\r\n") - 4, kSize);
  request.body.assign(32u << 20, 'a');
  EXPECT_EQ(stage->Exchange(request), "413 large");
  EXPECT_EQ(stage->client().idle_connections(), 0u);
}

TEST_F(Tls, CancelsWhileItSends) {
  ScriptedServer server({Script().ReadHead().Pause()}, With(Loopback()));
  auto stage = MakeStage(server);
  stage->settings.limits.max_request_bytes = 64u << 20;
  http::HttpRequest request;
  request.body.assign(32u << 20, 'a');
  auto call = stage->Start(std::move(request));
  ASSERT_TRUE(stage->RunUntil([&] { return server.received(0).size() > 1000; }));
  call->Cancel();
  stage->context().restart();
  stage->context().poll();
  ASSERT_TRUE(call->ended());
  EXPECT_EQ(Describe(call->outcome(), server.port()), "cancelled: the call was cancelled");
}

class Tunnel : public Tls {
 protected:
  // The endpoint's name is the certificate's; only the proxy's address is dialled.
  std::unique_ptr<Stage> MakeTunnelStage(const ScriptedServer& proxy, bool tls) const {
    auto stage = MakeStage(proxy);
    stage->settings.proxy = "127.0.0.1:" + std::to_string(proxy.port());
    stage->settings.address.tls = tls;
    stage->settings.address.host = "model.example";
    stage->settings.address.port = 443;
    return stage;
  }
};

TEST_F(Tunnel, CarriesTls) {
  ScriptedServer::Options options = With(Loopback());
  options.tls->begin = ServerTls::Begin::kWhenTheScriptSays;
  ScriptedServer proxy({Script()
                            .ReadHead()
                            .Write("HTTP/1.1 200 Connected\r\n\r\n")
                            .StartTls()
                            .ReadRequest()
                            .Write(kHello)},
                       options);
  auto stage = MakeTunnelStage(proxy, true);
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  EXPECT_THAT(proxy.received(0),
              testing::MatchesRegex("CONNECT model.example:443 HTTP/1.1\r\nhost: model.example:443"
                                    "\r\nuser-agent: scoregate/[0-9.]+\r\n\r\nPOST .*"));
  EXPECT_THAT(proxy.received(0).substr(0, proxy.received(0).find("POST")),
              testing::Not(testing::HasSubstr("secret-key")));
}

TEST_F(Tunnel, ShowsCredentialsToTheProxyAlone) {
  ScriptedServer::Options options = With(Loopback());
  options.tls->begin = ServerTls::Begin::kWhenTheScriptSays;
  ScriptedServer proxy({Script()
                            .ReadHead()
                            .Write("HTTP/1.1 200 Connected\r\n\r\n")
                            .StartTls()
                            .ReadRequest()
                            .Write(kHello)},
                       options);
  auto stage = MakeTunnelStage(proxy, true);
  stage->settings.proxy_authorization = "Basic dXNlcjpwYXNz";
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  const std::string received = proxy.received(0);
  const std::size_t inside = received.find("POST");
  EXPECT_THAT(received.substr(0, inside),
              testing::HasSubstr("proxy-authorization: Basic dXNlcjpwYXNz\r\n"));
  EXPECT_THAT(received.substr(inside), testing::Not(testing::HasSubstr("dXNlcjpwYXNz")));
}

// As curl does it: what is not secret needs no tunnel, and many proxies open none to other ports.
TEST_F(Tunnel, PlainHttpIsForwardedInstead) {
  ScriptedServer proxy({Script().ReadRequest().Write(kHello).ReadRequest().Write(kHello)});
  auto stage = MakeTunnelStage(proxy, false);
  stage->settings.address.port = 8080;
  stage->settings.proxy_authorization = "Basic dXNlcjpwYXNz";
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello");
  EXPECT_EQ(stage->Exchange(SmallRequest()), "200 hello") << "on the same connection";
  EXPECT_THAT(proxy.received(0),
              testing::StartsWith("POST http://model.example:8080/score?details=true HTTP/1.1\r\n"
                                  "host: model.example:8080\r\n"));
  EXPECT_THAT(proxy.received(0), testing::HasSubstr("proxy-authorization: Basic dXNlcjpwYXNz\r\n"));
  EXPECT_EQ(proxy.connections(), 1u);
}

TEST_F(Tunnel, AForwardingProxyThatWantsCredentialsIsTheOneToBlame) {
  ScriptedServer proxy(
      {Script().ReadRequest().Write("HTTP/1.1 407 X\r\ncontent-length: 2\r\n\r\nno")});
  auto stage = MakeTunnelStage(proxy, false);
  stage->settings.address.port = 80;
  EXPECT_EQ(stage->Exchange(SmallRequest()),
            "proxy_refused: the proxy 127.0.0.1:" + std::to_string(proxy.port()) +
                " refused the way to model.example:80 with HTTP status 407; it wants credentials "
                "(proxy_credentials)");
}

TEST_F(Tunnel, TellsOfAProxyThatRefuses) {
  struct Row {
    const char* name;
    Script script;
    const char* kind;
    const char* expected;
  };
  const Row rows[] = {
      {"refused", Script().ReadHead().Write("HTTP/1.1 407 X\r\ncontent-length: 2\r\n\r\nno"),
       "proxy_refused",
       "refused the way to model.example:443 with HTTP status 407; it wants credentials "
       "(proxy_credentials)"},
      {"forbidden", Script().ReadHead().Write("HTTP/1.1 403 X\r\ncontent-length: 2\r\n\r\nno"),
       "proxy_refused", "refused the way to model.example:443 with HTTP status 403"},
      {"cannot reach it",
       Script().ReadHead().Write("HTTP/1.1 502 X\r\ncontent-length: 2\r\n\r\nno"), "connect",
       "refused the way to model.example:443 with HTTP status 502"},
      {"closed", Script().ReadHead().Close(), "connect",
       "opened no tunnel to model.example:443: it was closed"},
      {"more than an answer", Script().ReadHead().Write("HTTP/1.1 200 X\r\n\r\nmore"), "connect",
       "opened no tunnel to model.example:443: it sent more than its answer"},
      {"not HTTP", Script().ReadHead().Write("SSH-2.0\r\n"), "connect",
       "opened no tunnel to model.example:443: its answer is not HTTP"},
  };
  for (const Row& row : rows) {
    ScriptedServer proxy({row.script});
    auto stage = MakeTunnelStage(proxy, true);
    EXPECT_EQ(stage->Exchange(SmallRequest()),
              std::string(row.kind) + ": the proxy 127.0.0.1:" + std::to_string(proxy.port()) +
                  " " + row.expected)
        << row.name;
    EXPECT_TRUE(proxy.WaitForEnd(0)) << row.name;
  }
}

}  // namespace
}  // namespace scoregate::upstream
