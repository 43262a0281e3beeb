#include "gateway/rpc/tls/server_tls.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include "gateway/rpc/tls/allowed_names.h"
#include "gateway/rpc/tls/openssl.h"
#include "gateway/rpc/tls/pem.h"

namespace scoregate::rpc {
namespace {

using Part = ServerTlsProblem::Part;

// HTTP/2's list of forbidden suites (RFC 7540, appendix A) leaves these of TLS 1.2.
constexpr char kTls12Ciphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr char kGroups[] = "X25519:P-256:P-384";
// A gRPC caller keeps one connection, so one ticket is enough.
constexpr std::size_t kTicketsEach = 1;
constexpr long kTicketLifeSeconds = 3600;
constexpr std::string_view kH2 = "h2";

// Where a native context keeps its ServerTls. Index 0, the "app data", is left to others.
int OwnIndex() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// The list of protocol names (RFC 7301) in which each has its length before it.
bool OffersH2(std::string_view list) {
  while (!list.empty()) {
    auto size = static_cast<std::uint8_t>(list.front());
    if (size >= list.size()) return false;
    if (list.substr(1, size) == kH2) return true;
    list.remove_prefix(1u + size);
  }
  return false;
}

// A caller that does not say h2 is refused before any key is used.
int OnClientHello(SSL* connection, int* alert, void*) {
  const unsigned char* data = nullptr;
  std::size_t size = 0;
  constexpr std::size_t kListLengthBytes = 2;
  bool found =
      SSL_client_hello_get0_ext(connection, TLSEXT_TYPE_application_layer_protocol_negotiation,
                                &data, &size) == 1 &&
      size > kListLengthBytes;
  std::string_view list =
      found ? std::string_view(reinterpret_cast<const char*>(data), size).substr(kListLengthBytes)
            : std::string_view();
  if (OffersH2(list)) return SSL_CLIENT_HELLO_SUCCESS;
  *alert = SSL_AD_NO_APPLICATION_PROTOCOL;
  return SSL_CLIENT_HELLO_ERROR;
}

// NOLINTNEXTLINE(readability-function-size): as OpenSSL calls it.
int OnSelectProtocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                     const unsigned char*, unsigned int, void*) {
  *chosen = reinterpret_cast<const unsigned char*>(kH2.data());
  *chosen_size = static_cast<unsigned char>(kH2.size());
  return SSL_TLSEXT_ERR_OK;
}

// Runs for each certificate of a caller's chain; the caller's own comes last.
int OnVerify(int good, X509_STORE_CTX* store) {
  if (good != 1 || X509_STORE_CTX_get_error_depth(store) != 0) return good;
  const auto* connection = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  const auto* tls =
      static_cast<const ServerTls*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), OwnIndex()));
  const std::vector<std::string>& allowed = tls->allowed_sans();
  if (allowed.empty()) return good;
  if (IsNameAllowed(allowed, AlternativeNames(X509_STORE_CTX_get_current_cert(store)))) return good;
  X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

void SetProtocol(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kTls12Ciphers);
  SSL_CTX_set1_groups_list(context, kGroups);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_client_hello_cb(context, OnClientHello, nullptr);
  SSL_CTX_set_alpn_select_cb(context, OnSelectProtocol, nullptr);
}

void SetTickets(SSL_CTX* context, bool on) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, on ? kTicketsEach : 0);
  SSL_CTX_set_timeout(context, kTicketLifeSeconds);
  if (!on) SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
}

}  // namespace

MadeServerTls ServerTls::Make(const ServerTlsOptions& options) {
  std::shared_ptr<ServerTls> tls(new ServerTls());
  std::optional<ServerTlsProblem> problem = tls->Set(options);
  ERR_clear_error();
  if (problem) return {nullptr, std::move(problem)};
  return {std::move(tls), std::nullopt};
}

ServerTls::~ServerTls() {
  SSL_CTX_free(context_);
}

std::optional<ServerTlsProblem> ServerTls::Set(const ServerTlsOptions& options) {
  context_ = SSL_CTX_new(TLS_server_method());
  if (context_ == nullptr) return ServerTlsProblem{Part::kCertificate, TakeOpensslError()};
  SSL_CTX_set_ex_data(context_, OwnIndex(), this);
  SetProtocol(context_);
  SetTickets(context_, options.client_certificate == ClientCertificate::kNone);
  if (auto problem = SetOwn(options)) return problem;
  return SetCallers(options);
}

std::optional<ServerTlsProblem> ServerTls::SetOwn(const ServerTlsOptions& options) {
  auto certificates = ReadCertificates(options.certificate_pem);
  if (auto* why = std::get_if<std::string>(&certificates)) {
    return ServerTlsProblem{Part::kCertificate, *why};
  }
  auto& chain = std::get<std::vector<CertificatePtr>>(certificates);
  X509* own = chain.front().get();
  if (auto why = WhyNotValidNow(own)) return ServerTlsProblem{Part::kCertificate, *why};
  good_until_ = EndOf(own);
  auto read = ReadKey(options.key_pem);
  if (auto* why = std::get_if<std::string>(&read)) return ServerTlsProblem{Part::kKey, *why};
  EVP_PKEY* key = std::get<KeyPtr>(read).get();
  if (X509_check_private_key(own, key) != 1) {
    return ServerTlsProblem{Part::kKey, "holds a key that is not the certificate's"};
  }
  if (SSL_CTX_use_certificate(context_, own) != 1) {
    return ServerTlsProblem{Part::kCertificate,
                            "holds a certificate that is not usable (" + TakeOpensslError() + ")"};
  }
  for (std::size_t i = 1; i < chain.size(); ++i) {
    SSL_CTX_add1_chain_cert(context_, chain[i].get());
  }
  if (SSL_CTX_use_PrivateKey(context_, key) != 1) {
    return ServerTlsProblem{Part::kKey,
                            "holds a key that is not usable (" + TakeOpensslError() + ")"};
  }
  return std::nullopt;
}

std::optional<ServerTlsProblem> ServerTls::SetCallers(const ServerTlsOptions& options) {
  if (options.client_certificate == ClientCertificate::kNone) return std::nullopt;
  for (const std::string& rule : options.allowed_sans) {
    if (auto why = WhyNoNameRule(rule)) return ServerTlsProblem{Part::kAllowedSans, *why};
  }
  allowed_sans_ = options.allowed_sans;
  auto authorities = ReadCertificates(options.client_ca_pem);
  if (auto* why = std::get_if<std::string>(&authorities)) {
    return ServerTlsProblem{Part::kClientCa, *why};
  }
  X509_STORE* store = SSL_CTX_get_cert_store(context_);
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  std::optional<std::string> why_none = "holds no authority";
  for (const CertificatePtr& authority : std::get<std::vector<CertificatePtr>>(authorities)) {
    X509_STORE_add_cert(store, authority.get());
    SSL_CTX_add_client_CA(context_, authority.get());
    if (why_none) why_none = WhyNotValidNow(authority.get());
  }
  if (why_none) return ServerTlsProblem{Part::kClientCa, *why_none};
  bool required = options.client_certificate == ClientCertificate::kRequired;
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
                     OnVerify);
  return std::nullopt;
}

}  // namespace scoregate::rpc
