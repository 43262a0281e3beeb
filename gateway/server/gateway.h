// The whole gateway as one object: lanes, endpoints, services, listeners; built from a checked
// configuration.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/config/load.h"
#include "gateway/server/certificate_watch.h"

namespace scoregate::server {

/// Serves a configuration.
///
///   server::Gateway gateway(std::move(configuration));
///   if (auto error = gateway.Open()) return *error;      // nothing is served yet
///   gateway.Start();
///   ... until SIGTERM ...
///   bool finished = gateway.Drain();
///
/// All methods belong to the thread that made it.
class Gateway {
 public:
  /// `notice` is told what the operator should know of while it serves; it may be empty.
  explicit Gateway(config::Configuration configuration, Notice notice = {});
  /// Stops at once, if Drain was not called.
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  /// Reads the listeners' certificates and binds every listener. One sentence where that cannot be;
  /// none listens then.
  std::optional<std::string> Open();

  /// Where it listens, with the ports that the system chose. After Open.
  std::vector<std::string> addresses() const;
  std::size_t lanes() const;
  /// Callers' connections at a time: callers.max_connections, or fewer where the system's limit of
  /// open files has no room for them.
  std::size_t max_connections() const;

  /// Begins to serve; returns at once.
  void Start();

  /// Has the listeners' certificates read again now; without this they are once they have changed.
  void ReloadCertificates();

  /// Takes no new connections, lets the calls in flight finish (at most server.drain_timeout), then
  /// stops. Blocks. True where no call had to be cut.
  bool Drain();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace scoregate::server
