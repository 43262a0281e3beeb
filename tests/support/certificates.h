// Certificates for TLS tests, made when the test starts: no key is ever in a file of the project.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace scoregate::support {

/// A certificate (with what stands between it and the authority) and its key, both PEM.
struct Identity {
  std::string certificate;
  std::string key;
};

/// What a certificate shall say.
struct CertificateOrder {
  std::string common_name = "scoregate test";
  std::vector<std::string> names;          ///< Host names.
  std::vector<std::string> addresses;      ///< IP addresses.
  std::vector<std::string> uris;           ///< Such as spiffe://example/service.
  std::chrono::seconds valid_from{-3600};  ///< Counted from now.
  std::chrono::seconds valid_until{3600};
};

/// Signs certificates. Each object is another authority.
class CertificateAuthority {
 public:
  CertificateAuthority();

  /// The authority's own certificate, PEM: what a client has to trust.
  const std::string& certificate() const { return own_.certificate; }
  Identity Issue(const CertificateOrder& order) const;

 private:
  Identity own_;
};

/// A private key in PEM that nobody can use without its passphrase.
std::string KeyBehindPassphrase();

/// A file that is there as long as this object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace scoregate::support
