// Our side of TLS for one listener: certificate, key, and which callers may connect.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace scoregate::rpc {

/// Whether a caller shows a certificate of its own.
enum class ClientCertificate {
  kNone,      ///< It is not asked.
  kOptional,  ///< It is asked; one that it shows must be good.
  kRequired,  ///< It cannot connect without a good one.
};

struct ServerTlsOptions {
  /// Our certificate, then those between it and the authority's.
  std::string certificate_pem;
  std::string key_pem;
  /// The authorities that a caller's certificate must come from. One that is not self-signed is
  /// trusted too, as it stands.
  std::string client_ca_pem;
  ClientCertificate client_certificate = ClientCertificate::kNone;
  /// Which names (DNS, URI) of a caller's certificate may connect, see WhyNoNameRule; empty: every
  /// certificate of the authorities.
  std::vector<std::string> allowed_sans;
};

/// What is wrong with options.
struct ServerTlsProblem {
  enum class Part { kCertificate, kKey, kClientCa, kAllowedSans };
  Part part = Part::kCertificate;
  /// The end of a sentence about that part, such as "expired on 2025-03-01 12:00:00 UTC".
  std::string text;
};

class ServerTls;

/// Exactly one is set.
struct MadeServerTls {
  std::shared_ptr<const ServerTls> tls;
  std::optional<ServerTlsProblem> problem;
};

/// Immutable, and shared by the connections of all lanes. TLS 1.3, or 1.2 with forward secrecy and
/// authenticated encryption; ALPN must offer h2; no renegotiation, no compression, no early data.
/// Sessions are resumed by TLS 1.3 tickets whose keys live and die with this object; where callers
/// show certificates there are none, because a resumed session checks no certificate.
class ServerTls {
 public:
  /// Reads the options; OpenSSL is left without errors.
  static MadeServerTls Make(const ServerTlsOptions& options);

  ~ServerTls();
  ServerTls(const ServerTls&) = delete;
  ServerTls& operator=(const ServerTls&) = delete;

  /// OpenSSL's object. Thread-safe for making connections.
  ssl_ctx_st* context() const { return context_; }
  const std::vector<std::string>& allowed_sans() const { return allowed_sans_; }
  /// Until when our certificate is good: "2027-03-01 12:00:00 UTC".
  const std::string& good_until() const { return good_until_; }

 private:
  ServerTls() = default;
  std::optional<ServerTlsProblem> Set(const ServerTlsOptions& options);
  std::optional<ServerTlsProblem> SetOwn(const ServerTlsOptions& options);
  std::optional<ServerTlsProblem> SetCallers(const ServerTlsOptions& options);

  ssl_ctx_st* context_ = nullptr;
  std::vector<std::string> allowed_sans_;
  std::string good_until_;
};

}  // namespace scoregate::rpc
