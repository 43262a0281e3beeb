#include "gateway/server/certificate_watch.h"

#include <sys/stat.h>

#include <utility>

#include "gateway/server/listener_tls.h"

namespace scoregate::server {
namespace {

std::string Describe(const std::vector<config::ListenerTlsMistake>& mistakes) {
  std::string text;
  for (const config::ListenerTlsMistake& mistake : mistakes) {
    text += (text.empty() ? "tls." : "; tls.") + mistake.key + ": " + mistake.text;
  }
  return text;
}

std::int64_t Nanoseconds(const timespec& time) {
  constexpr std::int64_t kNanosecondsASecond = 1'000'000'000;
  return time.tv_sec * kNanosecondsASecond + time.tv_nsec;
}

}  // namespace

WatchedTls::WatchedTls(std::string listener, config::ListenerTlsSettings settings)
    : listener_(std::move(listener)), settings_(std::move(settings)) {}

std::shared_ptr<const rpc::ServerTls> WatchedTls::Get() const {
  std::scoped_lock lock(mutex_);
  return tls_;
}

std::optional<std::string> WatchedTls::Read() {
  read_at_ = std::chrono::steady_clock::now();
  seen_ = Stamps();
  LoadedTls loaded = LoadTls(settings_);
  unread_ = !loaded.tls;
  if (!loaded.tls) return Describe(loaded.mistakes);
  std::scoped_lock lock(mutex_);
  tls_ = std::move(loaded.tls);
  return std::nullopt;
}

void WatchedTls::Look(const Notice& notice, bool force) {
  bool changed = Stamps() != seen_;
  if (changed && !force) {
    seen_ = Stamps();
    unread_ = true;
    return;
  }
  bool old = std::chrono::steady_clock::now() - read_at_ > kTicketKeyLife;
  bool asked = force || unread_;
  if (!asked && !old) return;
  std::optional<std::string> wrong = Read();
  bool news = wrong ? force || wrong != told_ : asked;
  told_ = wrong;
  if (!notice || !news) return;
  if (wrong) {
    notice("listener " + listener_ +
           ": the TLS files on disk are refused, those in use stay: " + *wrong);
  } else {
    notice("listener " + listener_ + ": new connections use the certificate that is good until " +
           Get()->good_until());
  }
}

std::vector<WatchedTls::Stamp> WatchedTls::Stamps() const {
  std::vector<Stamp> stamps;
  for (const std::string* file :
       {&settings_.cert_file, &settings_.key_file, &settings_.client_ca_file}) {
    struct stat status {};
    Stamp& stamp = stamps.emplace_back();
    if (file->empty() || stat(file->c_str(), &status) != 0) continue;
    stamp = {status.st_dev, status.st_ino, status.st_size, Nanoseconds(status.st_mtim),
             Nanoseconds(status.st_ctim)};
  }
  return stamps;
}

CertificateWatch::CertificateWatch(Notice notice) : notice_(std::move(notice)) {}

CertificateWatch::~CertificateWatch() {
  {
    std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void CertificateWatch::Start() {
  if (!watched_.empty()) thread_ = std::thread([this] { Run(); });
}

void CertificateWatch::Reload() {
  {
    std::scoped_lock lock(mutex_);
    reload_ = true;
  }
  wake_.notify_all();
}

void CertificateWatch::Run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    wake_.wait_for(lock, kCertificateLook, [this] { return ending_ || reload_; });
    if (ending_) return;
    bool force = std::exchange(reload_, false);
    lock.unlock();
    for (const auto& tls : watched_) tls->Look(notice_, force);
    lock.lock();
  }
}

}  // namespace scoregate::server
