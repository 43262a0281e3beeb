#include "gateway/upstream/connection/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <utility>

namespace scoregate::upstream {
namespace {

namespace ssl = boost::asio::ssl;

// "http/1.1" with its length before it, as ALPN (RFC 7301) has it on the wire.
constexpr std::array<unsigned char, 9> kProtocols = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

// Where a native context keeps its TlsContext. Index 0, the "app data", is Asio's own.
int OwnIndex() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

bool IsAddress(const std::string& name) {
  boost::system::error_code error;
  boost::asio::ip::make_address(name, error);
  return !error;
}

// OpenSSL would ask on the terminal.
int NoPassphrase(char*, int, int, void*) {
  return -1;
}

}  // namespace

TlsContext::TlsContext(std::shared_ptr<const endpoint::EndpointSettings> settings)
    : settings_(std::move(settings)),
      server_name_(settings_->tls.server_name.empty() ? settings_->address.host
                                                      : settings_->tls.server_name),
      context_(ssl::context::tls_client) {
  SSL_CTX* native = context_.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_alpn_protos(native, kProtocols.data(), kProtocols.size());
  ReadFiles();
  RequireServerName();
  KeepSessions();
}

TlsContext::~TlsContext() {
  SSL_CTX_sess_set_new_cb(context_.native_handle(), nullptr);
}

void TlsContext::ReadFiles() {
  const endpoint::TlsSettings& tls = settings_->tls;
  boost::system::error_code error;
  auto note = [&](const char* what) {
    if (error && !error_) error_ = std::string(what) + ": " + error.message();
  };
  if (tls.ca_file.empty()) {
    context_.set_default_verify_paths(error);
    note("the system's authorities cannot be read");
  } else {
    context_.load_verify_file(tls.ca_file, error);
    note("tls.ca_file cannot be used");
  }
  if (tls.cert_file.empty()) return;
  SSL_CTX_set_default_passwd_cb(context_.native_handle(), &NoPassphrase);
  context_.use_certificate_chain_file(tls.cert_file, error);
  note("tls.cert_file cannot be used");
  const std::string& key_file = tls.key_file.empty() ? tls.cert_file : tls.key_file;
  context_.use_private_key_file(key_file, ssl::context::pem, error);
  note("tls.key_file cannot be used");
}

void TlsContext::RequireServerName() {
  boost::system::error_code ignored;
  if (settings_->tls.insecure_skip_verify) {
    context_.set_verify_mode(ssl::verify_none, ignored);
    return;
  }
  context_.set_verify_mode(ssl::verify_peer, ignored);
  X509_VERIFY_PARAM* parameters = SSL_CTX_get0_param(context_.native_handle());
  // OpenSSL would take the subject's common name where there is no alternative name (RFC 9525, 2).
  X509_VERIFY_PARAM_set_hostflags(
      parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  int set = IsAddress(server_name_)
                ? X509_VERIFY_PARAM_set1_ip_asc(parameters, server_name_.c_str())
                : X509_VERIFY_PARAM_set1_host(parameters, server_name_.data(), server_name_.size());
  if (set != 1 && !error_) error_ = "the server's name cannot be checked";
}

void TlsContext::KeepSessions() {
  SSL_CTX* native = context_.native_handle();
  SSL_CTX_set_ex_data(native, OwnIndex(), this);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(native, &TlsContext::OnNewSession);
}

int TlsContext::OnNewSession(SSL* connection, SSL_SESSION* session) {
  auto* self =
      static_cast<TlsContext*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), OwnIndex()));
  std::scoped_lock lock(self->mutex_);
  self->session_.reset(session);
  constexpr int kTakesOwnership = 1;
  return kTakesOwnership;
}

void TlsContext::Prepare(SSL* connection) {
  if (!IsAddress(server_name_)) SSL_set_tlsext_host_name(connection, server_name_.c_str());
  std::scoped_lock lock(mutex_);
  if (session_) SSL_set_session(connection, session_.get());
}

std::optional<std::string> WhyUntrusted(SSL* connection, const boost::system::error_code& error) {
  if (error.category() != boost::asio::error::get_ssl_category()) return std::nullopt;
  if ((SSL_get_verify_mode(connection) & SSL_VERIFY_PEER) == 0) return std::nullopt;
  // Not the error's reason: where a signature is wrong, the first error is the arithmetic's.
  const long verdict = SSL_get_verify_result(connection);
  if (verdict == X509_V_OK) return std::nullopt;
  return X509_verify_cert_error_string(verdict);
}

bool IsRefusedHandshake(const boost::system::error_code& error) {
  if (error.category() != boost::asio::error::get_ssl_category()) return false;
  switch (ERR_GET_REASON(static_cast<unsigned long>(error.value()))) {
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    case SSL_R_TLSV1_ALERT_DECRYPT_ERROR:
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
      return true;
  }
  return false;
}

}  // namespace scoregate::upstream
