// Certificates that change while the gateway serves: what is read again, when, and what is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "gateway/rpc/tls/pem.h"
#include "gateway/server/certificate_watch.h"
#include "tests/support/certificates.h"

namespace scoregate::server {
namespace {

using support::CertificateAuthority;
using support::Identity;
using support::TemporaryFile;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using namespace std::chrono_literals;

constexpr char kRefused[] =
    "listener here: the TLS files on disk are refused, those in use stay: tls.";
constexpr char kTaken[] = "listener here: new connections use the certificate that is good until ";

/// Whether a caller that shows this certificate is let in.
bool LetsIn(const WatchedTls& tls, const Identity& caller) {
  const auto shown =
      std::get<std::vector<rpc::CertificatePtr>>(rpc::ReadCertificates(caller.certificate));
  std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> check(X509_STORE_CTX_new(),
                                                                        X509_STORE_CTX_free);
  X509_STORE_CTX_init(check.get(), SSL_CTX_get_cert_store(tls.Get()->context()), shown.at(0).get(),
                      nullptr);
  return X509_verify_cert(check.get()) == 1;
}

/// While it lives, no file can be opened.
class NoFileOpens {
 public:
  NoFileOpens() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit none = before_;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoFileOpens() { setrlimit(RLIMIT_NOFILE, &before_); }
  NoFileOpens(const NoFileOpens&) = delete;
  NoFileOpens& operator=(const NoFileOpens&) = delete;

 private:
  rlimit before_{};
};

class Watched : public testing::Test {
 protected:
  Watched() { EXPECT_EQ(tls_.Read(), std::nullopt); }

  /// What one look says.
  std::vector<std::string> Look(bool force = false) { return LookAt(tls_, force); }
  static std::vector<std::string> LookAt(WatchedTls& tls, bool force = false) {
    std::vector<std::string> lines;
    tls.Look([&](const std::string& line) { lines.push_back(line); }, force);
    return lines;
  }
  void Write(const Identity& own) {
    std::ofstream(certificate_.path()) << own.certificate;
    std::ofstream(key_.path()) << own.key;
  }
  /// Longer than the clock of the file system stands still.
  static void Tick() { std::this_thread::sleep_for(50ms); }

  CertificateAuthority authority_;
  const Identity own_ = authority_.Issue({});
  TemporaryFile certificate_{own_.certificate};
  TemporaryFile key_{own_.key};
  WatchedTls tls_{"here", {certificate_.path(), key_.path(), "", config::ClientCert::kNone, {}}};
};

TEST_F(Watched, IsReadWhenItHasChangedAndSettled) {
  EXPECT_THAT(Look(), IsEmpty());
  auto before = tls_.Get();
  Tick();
  Write(authority_.Issue({}));
  EXPECT_THAT(Look(), IsEmpty()) << "it may still be written";
  EXPECT_EQ(tls_.Get(), before);
  EXPECT_THAT(Look(), ElementsAre(StartsWith(kTaken)));
  EXPECT_NE(tls_.Get(), before);
  EXPECT_THAT(Look(), IsEmpty());
  EXPECT_THAT(Look(true), ElementsAre(StartsWith(kTaken))) << "the operator asked";
}

TEST_F(Watched, IsReadAgainWhenOnlyItsPermissionsChange) {
  Tick();
  ASSERT_EQ(chmod(key_.path().c_str(), 0400), 0);
  EXPECT_THAT(Look(), IsEmpty());
  EXPECT_THAT(Look(), ElementsAre(StartsWith(kTaken)));
}

TEST_F(Watched, IsTriedUntilItIsGoodAndComplainedOfOnce) {
  auto before = tls_.Get();
  {
    NoFileOpens none;
    EXPECT_THAT(Look(true), ElementsAre(AllOf(StartsWith(kRefused), HasSubstr("Too many open"))));
    EXPECT_THAT(Look(), IsEmpty()) << "the same again";
    EXPECT_THAT(Look(true), ElementsAre(StartsWith(kRefused))) << "the operator asked";
  }
  EXPECT_EQ(tls_.Get(), before);
  EXPECT_THAT(Look(), ElementsAre(StartsWith(kTaken))) << "though no file has changed";
  EXPECT_NE(tls_.Get(), before);
  EXPECT_THAT(Look(), IsEmpty());
}

TEST_F(Watched, TheAuthoritiesOfCallersAreReadWhenTheyChange) {
  CertificateAuthority before;
  CertificateAuthority after;
  const Identity old_caller = before.Issue({});
  const Identity new_caller = after.Issue({});
  TemporaryFile callers(before.certificate());
  WatchedTls tls(
      "here",
      {certificate_.path(), key_.path(), callers.path(), config::ClientCert::kRequired, {}});
  ASSERT_EQ(tls.Read(), std::nullopt);
  EXPECT_THAT(LookAt(tls), IsEmpty());
  EXPECT_TRUE(LetsIn(tls, old_caller));
  EXPECT_FALSE(LetsIn(tls, new_caller));
  Tick();
  std::ofstream(callers.path()) << "no authority";
  EXPECT_THAT(LookAt(tls), IsEmpty()) << "it may still be written";
  EXPECT_THAT(LookAt(tls), ElementsAre(AllOf(StartsWith(kRefused), HasSubstr("client_ca_file: "),
                                             HasSubstr(callers.path() + " holds no certificate"))));
  EXPECT_TRUE(LetsIn(tls, old_caller)) << "those in use stay";
  Tick();
  std::ofstream(callers.path()) << after.certificate();
  EXPECT_THAT(LookAt(tls), IsEmpty()) << "it may still be written";
  EXPECT_THAT(LookAt(tls), ElementsAre(StartsWith(kTaken)));
  EXPECT_FALSE(LetsIn(tls, old_caller));
  EXPECT_TRUE(LetsIn(tls, new_caller));
  EXPECT_THAT(LookAt(tls), IsEmpty());
}

TEST_F(Watched, ComplainsAgainOfSomethingElse) {
  Tick();
  std::ofstream(key_.path()) << "no key";
  EXPECT_THAT(Look(), IsEmpty());
  EXPECT_THAT(Look(), ElementsAre(HasSubstr("holds no private key")));
  EXPECT_THAT(Look(), IsEmpty());
  Tick();
  std::ofstream(key_.path()) << authority_.Issue({}).key;
  EXPECT_THAT(Look(), IsEmpty());
  EXPECT_THAT(Look(), ElementsAre(HasSubstr("holds a key that is not the certificate's")));
  EXPECT_THAT(Look(), IsEmpty());
}

}  // namespace
}  // namespace scoregate::server
