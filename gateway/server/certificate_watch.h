// Takes over certificates and keys that change while the gateway serves.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/config/settings.h"
#include "gateway/rpc/tls/server_tls.h"

namespace scoregate::server {

/// Told one line about what the operator should know. From any thread.
using Notice = std::function<void(const std::string& line)>;

/// How often the files are looked at. What has changed is read at the next look after that, so that
/// a certificate and its key, written one after the other, are taken together.
inline constexpr std::chrono::milliseconds kCertificateLook{1000};
/// How long the keys of session tickets live: then everything is read again, changed or not.
inline constexpr std::chrono::hours kTicketKeyLife{12};

/// The TLS of one listener, as of now.
class WatchedTls {
 public:
  WatchedTls(std::string listener, config::ListenerTlsSettings settings);

  /// What new connections use; null before the first Read. Any thread.
  std::shared_ptr<const rpc::ServerTls> Get() const;

  /// Reads the files for the first time. What is wrong with them, as a sentence; nothing where they
  /// are good.
  std::optional<std::string> Read();

  /// Reads the files again if they have changed and settled, or at once where `force` says so, or
  /// when the ticket keys are old; and at every look until they are good, because what was wrong
  /// need not be a file's own (a full table of open files, a certificate that is not valid yet).
  /// What is wrong is told once, and again where it changes. One thread.
  void Look(const Notice& notice, bool force);

 private:
  /// What tells one version of a file from another: its content, and who may read it.
  struct Stamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = -1;
    std::int64_t written_ns = 0;
    std::int64_t changed_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };

  std::vector<Stamp> Stamps() const;

  const std::string listener_;
  const config::ListenerTlsSettings settings_;
  std::vector<Stamp> seen_;
  // Whether the files that were seen last are not in use.
  bool unread_ = false;
  // What the operator knows to be wrong.
  std::optional<std::string> told_;
  std::chrono::steady_clock::time_point read_at_;
  mutable std::mutex mutex_;
  std::shared_ptr<const rpc::ServerTls> tls_;
};

/// Looks at the files of all listeners on a thread of its own, because files can block.
class CertificateWatch {
 public:
  /// `notice` may be empty.
  explicit CertificateWatch(Notice notice);
  /// Ends the thread.
  ~CertificateWatch();
  CertificateWatch(const CertificateWatch&) = delete;
  CertificateWatch& operator=(const CertificateWatch&) = delete;

  /// Before Start.
  void Add(std::shared_ptr<WatchedTls> tls) { watched_.push_back(std::move(tls)); }
  /// Begins to look, if there is anything to look at.
  void Start();
  /// Has all files read again now, changed or not. Returns at once. Any thread.
  void Reload();

 private:
  void Run();

  Notice notice_;
  std::vector<std::shared_ptr<WatchedTls>> watched_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  bool reload_ = false;
  std::thread thread_;
};

}  // namespace scoregate::server
