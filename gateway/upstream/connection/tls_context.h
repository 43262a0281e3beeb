// What the TLS connections to one endpoint share: authorities, our certificate, the last session.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/endpoint/endpoint_settings.h"

namespace scoregate::upstream {

/// Built once for an endpoint, then used by all lanes. Verification is on unless the settings say
/// insecure_skip_verify; TLS 1.2 is the least. Any thread.
class TlsContext {
 public:
  /// Reads the files that the settings name. What is wrong with them stands in error().
  explicit TlsContext(std::shared_ptr<const endpoint::EndpointSettings> settings);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// Why no handshake can be made, as the end of a sentence; nothing where it can.
  const std::optional<std::string>& error() const { return error_; }

  boost::asio::ssl::context& context() { return context_; }

  /// Readies a connection before its handshake: the server's name and the last session.
  void Prepare(SSL* connection);

 private:
  struct FreeSession {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
  };

  void ReadFiles();
  void RequireServerName();
  void KeepSessions();
  static int OnNewSession(SSL* connection, SSL_SESSION* session);

  const std::shared_ptr<const endpoint::EndpointSettings> settings_;
  const std::string server_name_;
  boost::asio::ssl::context context_;
  std::optional<std::string> error_;
  std::mutex mutex_;
  // A session spares both sides the costly part of the next handshake.
  std::unique_ptr<SSL_SESSION, FreeSession> session_;
};

/// Whether a handshake failed because the peer's certificate was refused by us; then why.
std::optional<std::string> WhyUntrusted(SSL* connection, const boost::system::error_code& error);

/// Whether the peer refused the handshake, told by an alert that arrives after it: with TLS 1.3 a
/// server looks at our certificate when we already think that all is well.
bool IsRefusedHandshake(const boost::system::error_code& error);

}  // namespace scoregate::upstream
