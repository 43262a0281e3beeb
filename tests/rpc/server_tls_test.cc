// What is said of certificates and keys that cannot be used.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "gateway/rpc/tls/server_tls.h"
#include "tests/support/certificates.h"

namespace scoregate::rpc {
namespace {

using support::CertificateAuthority;
using support::CertificateOrder;
using support::Identity;
using Part = ServerTlsProblem::Part;
using namespace std::chrono_literals;

struct ProblemCase {
  const char* name;
  ServerTlsOptions options;
  Part part;
  const char* text;
};

TEST(ServerTls, SaysWhatIsWrong) {
  CertificateAuthority authority;
  CertificateOrder order;
  order.names = {"gateway.example"};
  const Identity good = authority.Issue(order);
  const Identity other = authority.Issue(order);
  order.valid_until = -60s;
  const Identity expired = authority.Issue(order);
  order.valid_from = 3600s;
  order.valid_until = 7200s;
  const Identity early = authority.Issue(order);
  constexpr auto kNone = ClientCertificate::kNone;
  constexpr auto kRequired = ClientCertificate::kRequired;
  const std::string& ca = authority.certificate();
  const ProblemCase cases[] = {
      {"nothing",
       {"", good.key, "", kNone, {}},
       Part::kCertificate,
       "holds no certificate (-----BEGIN CERTIFICATE-----)"},
      {"a key for a certificate",
       {good.key, good.key, "", kNone, {}},
       Part::kCertificate,
       "holds no certificate (-----BEGIN CERTIFICATE-----)"},
      {"a cut certificate",
       {good.certificate.substr(0, 200), good.key, "", kNone, {}},
       Part::kCertificate,
       "holds a certificate that cannot be read ("},
      {"a good and a cut certificate",
       {good.certificate + good.certificate.substr(0, 200), good.key, "", kNone, {}},
       Part::kCertificate,
       "holds a certificate that cannot be read ("},
      {"an expired certificate",
       {expired.certificate, expired.key, "", kNone, {}},
       Part::kCertificate,
       "expired on 20"},
      {"a certificate of tomorrow",
       {early.certificate, early.key, "", kNone, {}},
       Part::kCertificate,
       "is not valid before 20"},
      {"no key",
       {good.certificate, "", "", kNone, {}},
       Part::kKey,
       "holds no private key (-----BEGIN PRIVATE KEY-----)"},
      {"a certificate for a key",
       {good.certificate, good.certificate, "", kNone, {}},
       Part::kKey,
       "holds no private key (-----BEGIN PRIVATE KEY-----)"},
      {"a cut key",
       {good.certificate, good.key.substr(0, 100), "", kNone, {}},
       Part::kKey,
       "holds a private key that cannot be read ("},
      {"a key behind a passphrase",
       {good.certificate, support::KeyBehindPassphrase(), "", kNone, {}},
       Part::kKey,
       "holds a key behind a passphrase; write it without one"},
      {"another key",
       {good.certificate, other.key, "", kNone, {}},
       Part::kKey,
       "holds a key that is not the certificate's"},
      {"no authority",
       {good.certificate, good.key, "", kRequired, {}},
       Part::kClientCa,
       "holds no certificate (-----BEGIN CERTIFICATE-----)"},
      {"only an authority that is over",
       {good.certificate, good.key, expired.certificate, kRequired, {}},
       Part::kClientCa,
       "expired on 20"},
      {"a bad rule",
       {good.certificate, good.key, ca, kRequired, {"a", "*"}},
       Part::kAllowedSans,
       "a * in a DNS name stands only for its first label"},
  };
  for (const ProblemCase& c : cases) {
    SCOPED_TRACE(c.name);
    MadeServerTls made = ServerTls::Make(c.options);
    EXPECT_EQ(made.tls, nullptr);
    ASSERT_TRUE(made.problem.has_value());
    EXPECT_EQ(made.problem->part, c.part);
    EXPECT_THAT(made.problem->text, testing::StartsWith(c.text));
  }
  // One of several authorities may be over: a bundle carries old ones beside new ones.
  EXPECT_NE(
      ServerTls::Make({good.certificate, good.key, expired.certificate + ca, kRequired, {}}).tls,
      nullptr);
  // Key and certificate may stand in one file.
  std::string both = good.key + good.certificate;
  EXPECT_NE(ServerTls::Make({both, both, "", kNone, {}}).tls, nullptr);
}

TEST(ServerTls, NoCutOfAFileDoesHarm) {
  CertificateAuthority authority;
  const Identity good = authority.Issue({});
  int made = 0;
  for (std::size_t size = 0; size <= good.certificate.size(); ++size) {
    std::string cut = good.certificate.substr(0, size);
    if (ServerTls::Make({cut, good.key, cut, ClientCertificate::kRequired, {}}).tls) ++made;
  }
  for (std::size_t size = 0; size <= good.key.size(); ++size) {
    if (ServerTls::Make({good.certificate, good.key.substr(0, size), "", {}, {}}).tls) ++made;
  }
  EXPECT_GE(made, 2) << "the whole ones";
  EXPECT_LE(made, 4) << "a line end or so may be missing";
}

}  // namespace
}  // namespace scoregate::rpc
