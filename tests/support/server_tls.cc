#include "tests/support/server_tls.h"

#include <openssl/pem.h>

#include <array>
#include <string>

namespace scoregate::support {
namespace {

template <typename Use>
void WithPem(const std::string& pem, Use use) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  use(bio);
  BIO_free(bio);
}

}  // namespace

TlsContextPtr MakeTlsContext(const ServerTls& tls) {
  TlsContextPtr context(SSL_CTX_new(TLS_server_method()));
  WithPem(tls.identity.certificate, [&](BIO* bio) {
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context.get(), certificate);
    X509_free(certificate);
  });
  WithPem(tls.identity.key, [&](BIO* bio) {
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    SSL_CTX_use_PrivateKey(context.get(), key);
    EVP_PKEY_free(key);
  });
  if (!tls.client_authority.empty()) {
    WithPem(tls.client_authority, [&](BIO* bio) {
      X509* authority = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority);
      X509_free(authority);
    });
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  constexpr std::array<unsigned char, 4> kSessionId = {'t', 'e', 's', 't'};
  SSL_CTX_set_session_id_context(context.get(), kSessionId.data(), kSessionId.size());
  return context;
}

}  // namespace scoregate::support
