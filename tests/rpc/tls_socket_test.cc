// TLS on real sockets, with callers that speak it badly, slowly or not at all.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "echo.pb.h"
#include "tests/rpc/echo_server.h"
#include "tests/rpc/h2_peer.h"
#include "tests/rpc/tls_caller.h"
#include "tests/support/certificates.h"

namespace scoregate::rpc {
namespace {

using support::CertificateAuthority;
using support::CertificateOrder;
using support::Identity;

void SendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// Everything up to the end of the connection; nothing where there is no end for a long time.
std::optional<std::string> ReadToEnd(int socket) {
  std::string all;
  char buffer[4096];
  for (;;) {
    ssize_t size = ::recv(socket, buffer, sizeof(buffer), 0);
    if (size < 0 && errno == EAGAIN) return std::nullopt;
    if (size <= 0) return all;
    all.append(buffer, static_cast<std::size_t>(size));
  }
}

class TlsSocket : public testing::Test {
 protected:
  static Limits ShortHandshake() {
    Limits limits;
    limits.handshake_timeout = std::chrono::milliseconds(50);
    return limits;
  }

  std::shared_ptr<const ServerTls> MakeTls(ClientCertificate mode = ClientCertificate::kNone) {
    Identity own = Issue();
    ServerTlsOptions options;
    options.certificate_pem = own.certificate;
    options.key_pem = own.key;
    options.client_certificate = mode;
    options.client_ca_pem = authority_.certificate();
    return ServerTls::Make(options).tls;
  }
  Identity Issue() {
    CertificateOrder order;
    order.names = {"gateway.example"};
    return authority_.Issue(order);
  }

  CertificateAuthority authority_;
};

std::string EchoCall(std::uint32_t stream, const std::string& body) {
  test::EchoRequest request;
  request.set_body(body);
  return RequestHeaders(stream, "/scoregate.test.Echo/Unary") +
         Data(stream, Message(request.SerializeAsString()), kEndStream);
}

void ExpectServes(TlsCaller& caller) {
  ASSERT_TRUE(caller.Shake());
  ASSERT_TRUE(caller.Send(Preface() + EchoCall(1, "hello")));
  while (!caller.seen().streams[1].ended && caller.Read()) {
  }
  EXPECT_THAT(caller.seen().streams[1].data, testing::HasSubstr("hello"));
  EXPECT_TRUE(caller.seen().streams[1].ended);
}

TEST_F(TlsSocket, TheNewestCommonVersionIsSpoken) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Manner manner;
    manner.most = version;
    TlsCaller caller(server.port(), manner);
    ExpectServes(caller);
    EXPECT_EQ(SSL_version(caller.ssl()), version);
    const unsigned char* protocol = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(caller.ssl(), &protocol, &size);
    EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(protocol), size), "h2");
  }
}

TEST_F(TlsSocket, WhoCannotAgreeIsToldWhy) {
  struct Case {
    const char* name;
    Manner manner;
    int alert;
  };
  std::vector<Case> cases(5);
  cases[0] = {"no protocol", {}, SSL_AD_NO_APPLICATION_PROTOCOL};
  cases[0].manner.protocols.clear();
  cases[1] = {"another protocol", {}, SSL_AD_NO_APPLICATION_PROTOCOL};
  cases[1].manner.protocols = std::string("\x08http/1.1");
  cases[2] = {"an old version", {}, SSL_AD_PROTOCOL_VERSION};
  cases[2].manner.least = TLS1_VERSION;
  cases[2].manner.most = TLS1_1_VERSION;
  cases[3] = {"a suite that HTTP/2 forbids", {}, SSL_AD_HANDSHAKE_FAILURE};
  cases[3].manner.most = TLS1_2_VERSION;
  cases[3].manner.ciphers = "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA";
  cases[4] = {"a suite without forward secrecy", {}, SSL_AD_HANDSHAKE_FAILURE};
  cases[4].manner.most = TLS1_2_VERSION;
  cases[4].manner.ciphers = "AES128-GCM-SHA256";
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    TlsCaller caller(server.port(), c.manner);
    EXPECT_FALSE(caller.Shake());
    EXPECT_EQ(TlsCaller::Alert(), c.alert);
  }
  TlsCaller good(server.port());
  ExpectServes(good);
}

TEST_F(TlsSocket, ACallerWithoutTheCertificateIsToldSo) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls(ClientCertificate::kRequired));
  TlsCaller caller(server.port());
  // With TLS 1.3 the caller is done before the server has looked at its certificate.
  EXPECT_TRUE(caller.Shake());
  EXPECT_FALSE(caller.Read());
  constexpr int kCertificateRequired = 116;
  EXPECT_EQ(TlsCaller::Alert(), kCertificateRequired);
}

TEST_F(TlsSocket, WhatIsNoTlsEndsItsOwnConnectionOnly) {
  const std::pair<const char*, std::string> cases[] = {
      {"HTTP/1.1", "GET / HTTP/1.1\r\nhost: x\r\n\r\n"},
      {"HTTP/2 in clear text", Preface() + EchoCall(1, "x")},
      {"garbage", std::string(1000, '\xff')},
      {"a record of zeros", std::string("\x16\x03\x01\x01\x00", 5) + std::string(256, '\0')},
      {"a record that is too long", std::string("\x16\x03\x01\xff\xff", 5)},
      {"an alert", std::string("\x15\x03\x01\x00\x02\x02\x28", 7)},
      {"data before the handshake", std::string("\x17\x03\x03\x00\x02hi", 7)},
  };
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  TlsCaller bystander(server.port());
  ASSERT_TRUE(bystander.Shake());
  for (const auto& [name, bytes] : cases) {
    SCOPED_TRACE(name);
    int socket = Connect(server.port());
    SendAll(socket, bytes);
    ::shutdown(socket, SHUT_WR);
    std::optional<std::string> answer = ReadToEnd(socket);
    ASSERT_TRUE(answer.has_value()) << "the connection does not end";
    bool is_alert = answer->size() == 7 && answer->front() == '\x15';
    EXPECT_TRUE(answer->empty() || is_alert) << answer->size();
    ::close(socket);
  }
  ExpectServes(bystander);
}

TEST_F(TlsSocket, AHandshakeHasATimeLimit) {
  EchoServer server(ShortHandshake(), "127.0.0.1:0", 1, MakeTls());
  int silent = Connect(server.port());
  int half = Connect(server.port());
  SendAll(half, std::string_view("\x16\x03\x01\x00\xf0\x01\x00\x00\xec\x03\x03", 11));
  int refused = Connect(server.port());
  SendAll(refused, "GET / HTTP/1.1\r\n\r\n");
  TlsCaller mute(server.port());  // shakes hands, then says nothing
  EXPECT_TRUE(mute.Shake());
  while (mute.Read()) {
  }
  for (int socket : {silent, half, refused}) {
    EXPECT_TRUE(ReadToEnd(socket).has_value());
    ::close(socket);
  }
}

TEST_F(TlsSocket, AHandshakeInPiecesSucceeds) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  TlsCaller caller(server.port());
  // OpenSSL writes into memory, from where every byte leaves on its own.
  BIO* out = BIO_new(BIO_s_mem());  // belongs to the connection
  SSL_set0_wbio(caller.ssl(), out);
  int flags = fcntl(caller.socket(), F_GETFL);
  fcntl(caller.socket(), F_SETFL, flags | O_NONBLOCK);
  EXPECT_NE(SSL_connect(caller.ssl()), 1);
  fcntl(caller.socket(), F_SETFL, flags);
  auto drip = [&] {
    char byte = 0;
    int on = 1;
    setsockopt(caller.socket(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    while (BIO_read(out, &byte, 1) == 1) SendAll(caller.socket(), {&byte, 1});
  };
  drip();
  ASSERT_EQ(SSL_connect(caller.ssl()), 1);
  drip();
  ASSERT_TRUE(caller.Send(Preface() + EchoCall(1, "hello")));
  drip();
  while (!caller.seen().streams[1].ended && caller.Read()) {
  }
  EXPECT_THAT(caller.seen().streams[1].data, testing::HasSubstr("hello"));
}

TEST_F(TlsSocket, DataInRecordsOfOneByteIsRead) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  TlsCaller caller(server.port());
  ASSERT_TRUE(caller.Shake());
  for (char byte : Preface() + EchoCall(1, "hello")) ASSERT_TRUE(caller.Send({&byte, 1}));
  while (!caller.seen().streams[1].ended && caller.Read()) {
  }
  EXPECT_THAT(caller.seen().streams[1].data, testing::HasSubstr("hello"));
}

TEST_F(TlsSocket, ABrokenRecordEndsTheConnection) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  TlsCaller caller(server.port());
  ExpectServes(caller);
  SendAll(caller.socket(), std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x'));
  while (caller.Read()) {
  }
  EXPECT_EQ(TlsCaller::Alert(), SSL_AD_BAD_RECORD_MAC);
}

TEST_F(TlsSocket, KeyUpdatesWithoutEndAreNotAnswered) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  TlsCaller caller(server.port());
  ExpectServes(caller);
  constexpr int kMany = 100'000;
  int sent = 0;
  while (sent < kMany) {
    SSL_key_update(caller.ssl(), SSL_KEY_UPDATE_REQUESTED);
    if (SSL_do_handshake(caller.ssl()) != 1) break;
    ++sent;
  }
  EXPECT_LT(sent, kMany) << "the server has closed";
  EXPECT_EQ(server.connections(), 0u);
  TlsCaller good(server.port());
  ExpectServes(good);
}

TEST_F(TlsSocket, ACallerCannotRenegotiate) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  Manner manner;
  manner.most = TLS1_2_VERSION;
  TlsCaller caller(server.port(), manner);
  ExpectServes(caller);
  SSL_renegotiate(caller.ssl());
  EXPECT_NE(SSL_do_handshake(caller.ssl()), 1);
}

TEST_F(TlsSocket, SessionsAreResumedWhereNoCertificateIsChecked) {
  const std::pair<ClientCertificate, bool> cases[] = {{ClientCertificate::kNone, true},
                                                      {ClientCertificate::kOptional, false},
                                                      {ClientCertificate::kRequired, false}};
  for (const auto& [mode, resumes] : cases) {
    EchoServer server({}, "127.0.0.1:0", 2, MakeTls(mode));
    Manner manner;
    manner.own = Issue();
    TlsCaller first(server.port(), manner);
    ExpectServes(first);
    EXPECT_EQ(first.session() != nullptr, resumes);
    manner.session = first.session();
    TlsCaller second(server.port(), manner);
    ExpectServes(second);
    EXPECT_EQ(SSL_session_reused(second.ssl()) == 1, resumes);
  }
}

TEST_F(TlsSocket, ADrainDoesNotWaitForAHandshake) {
  EchoServer server({}, "127.0.0.1:0", 1, MakeTls());
  int silent = Connect(server.port());
  ASSERT_EQ(::send(silent, "\x16", 1, MSG_NOSIGNAL), 1) << "the first byte of a handshake";
  auto idle = std::make_unique<TlsCaller>(server.port());
  ExpectServes(*idle);
  auto drained =
      std::async(std::launch::async, [&] { return server.Drain(std::chrono::seconds(10)); });
  while (idle->Read()) {
  }
  EXPECT_EQ(SSL_get_error(idle->ssl(), 0), SSL_ERROR_ZERO_RETURN) << "said goodbye by close_notify";
  EXPECT_EQ(idle->seen().goaways.size(), 2u);
  idle.reset();
  EXPECT_TRUE(drained.get());
  EXPECT_TRUE(ReadToEnd(silent).has_value());
  ::close(silent);
}

TEST(ClearSocket, TlsToAPlainPortEndsTheConnection) {
  EchoServer server;
  TlsCaller caller(server.port());
  EXPECT_FALSE(caller.Shake());
}

}  // namespace
}  // namespace scoregate::rpc
