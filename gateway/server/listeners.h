// All listeners of a gateway: opens them, says how each is encrypted and who may connect.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/config/settings.h"
#include "gateway/lane/lane.h"
#include "gateway/lane/listener.h"
#include "gateway/rpc/peer.h"
#include "gateway/rpc/tls/server_tls.h"
#include "gateway/server/certificate_watch.h"

namespace scoregate::server {

/// Accepts connections, refuses the processes that a unix socket is not for, and hands the rest on
/// together with the TLS of their listener. One thread, but for what it hands on.
class Listeners {
 public:
  /// Takes over a connection on its lane; `tls` is null for clear text, `reach` says who can
  /// connect to its listener.
  using Deal = std::function<void(std::size_t lane, lane::StreamSocket socket,
                                  std::shared_ptr<const rpc::ServerTls> tls, rpc::Reach reach)>;

  /// The lanes must outlive it.
  Listeners(lane::Lanes& lanes, Notice notice);

  /// Reads every certificate, then binds every address. One sentence where one cannot be read or
  /// bound; none listens then.
  std::optional<std::string> Open(const std::vector<config::ListenerSettings>& settings);

  /// Where they listen, with the ports that the system chose. After Open.
  std::vector<std::string> addresses() const;

  void Start(const Deal& deal);
  void Stop();
  /// See CertificateWatch::Reload.
  void ReloadCertificates() { watch_.Reload(); }

 private:
  struct Entry {
    std::shared_ptr<const config::ListenerSettings> settings;
    std::shared_ptr<WatchedTls> tls;
    std::shared_ptr<lane::Listener> listener;
  };

  std::optional<std::string> OpenOne(const config::ListenerSettings& settings, Entry& entry);

  lane::Lanes& lanes_;
  Notice notice_;
  std::vector<Entry> entries_;
  CertificateWatch watch_;
};

}  // namespace scoregate::server
