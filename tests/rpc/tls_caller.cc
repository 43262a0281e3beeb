#include "tests/rpc/tls_caller.h"

#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <utility>

namespace scoregate::rpc {
namespace {

// What OpenSSL adds to the number of an alert that has come.
constexpr int kAlertReasonBase = 1000;

}  // namespace

int Connect(std::uint16_t port) {
  int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  // Only a hang takes so long.
  timeval limit{.tv_sec = 20, .tv_usec = 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) abort();
  return socket;
}

TlsCaller::TlsCaller(std::uint16_t port, const Manner& manner)
    : context_(SSL_CTX_new(TLS_client_method())), socket_(Connect(port)) {
  SSL_CTX_set_security_level(context_, 0);
  SSL_CTX_set_min_proto_version(context_, manner.least);
  SSL_CTX_set_max_proto_version(context_, manner.most);
  if (!manner.ciphers.empty()) SSL_CTX_set_cipher_list(context_, manner.ciphers.c_str());
  SSL_CTX_set_alpn_protos(context_, reinterpret_cast<const unsigned char*>(manner.protocols.data()),
                          static_cast<unsigned>(manner.protocols.size()));
  SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_CLIENT);
  SSL_CTX_set_ex_data(context_, 0, this);
  SSL_CTX_sess_set_new_cb(context_, [](SSL* ssl, SSL_SESSION* session) {
    auto* self = static_cast<TlsCaller*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0));
    SSL_SESSION_free(std::exchange(self->session_, session));
    return 1;
  });
  if (!manner.own.certificate.empty()) UseIdentity(manner.own);
  ssl_ = SSL_new(context_);
  SSL_set_fd(ssl_, socket_);
  if (manner.session != nullptr) SSL_set_session(ssl_, manner.session);
}

TlsCaller::~TlsCaller() {
  SSL_SESSION_free(session_);
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  ::close(socket_);
}

bool TlsCaller::Shake() {
  ERR_clear_error();
  return SSL_connect(ssl_) == 1;
}

bool TlsCaller::Send(std::string_view bytes) {
  return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
}

bool TlsCaller::Read() {
  ERR_clear_error();
  char buffer[4096];
  int size = SSL_read(ssl_, buffer, sizeof(buffer));
  if (size <= 0) return false;
  reader_.Feed({buffer, static_cast<std::size_t>(size)});
  return true;
}

int TlsCaller::Alert() {
  int reason = ERR_GET_REASON(ERR_peek_last_error());
  return reason > kAlertReasonBase ? reason - kAlertReasonBase : 0;
}

void TlsCaller::UseIdentity(const support::Identity& own) {
  std::unique_ptr<BIO, decltype(&BIO_free)> certificate(
      BIO_new_mem_buf(own.certificate.data(), static_cast<int>(own.certificate.size())), BIO_free);
  std::unique_ptr<BIO, decltype(&BIO_free)> key(
      BIO_new_mem_buf(own.key.data(), static_cast<int>(own.key.size())), BIO_free);
  X509* x509 = PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr);
  EVP_PKEY* pkey = PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context_, x509);
  SSL_CTX_use_PrivateKey(context_, pkey);
  X509_free(x509);
  EVP_PKEY_free(pkey);
}

}  // namespace scoregate::rpc
