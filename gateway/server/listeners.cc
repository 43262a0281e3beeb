#include "gateway/server/listeners.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <utility>

namespace scoregate::server {
namespace {

constexpr std::chrono::seconds kNoticePause{10};

// The one name that a listener may have.
std::string BindText(config::ListenAddress address) {
  if (address.host == "localhost") address.host = "127.0.0.1";
  return config::ToString(address);
}

bool IsAllowed(const config::ListenerSettings& settings, const lane::PeerCredentials& caller) {
  return std::ranges::find(settings.allowed_uids, caller.uid) != settings.allowed_uids.end() ||
         std::ranges::find(settings.allowed_gids, caller.gid) != settings.allowed_gids.end();
}

// Who may connect to a unix socket, and a notice of who was refused. Used on every lane.
class Doorkeeper {
 public:
  Doorkeeper(std::shared_ptr<const config::ListenerSettings> settings, Notice notice)
      : settings_(std::move(settings)), notice_(std::move(notice)) {}

  bool MayConnect(lane::StreamSocket& socket) {
    if (settings_->allowed_uids.empty() && settings_->allowed_gids.empty()) return true;
    std::optional<lane::PeerCredentials> caller = lane::CredentialsOf(socket);
    if (caller && IsAllowed(*settings_, *caller)) return true;
    if (caller) Refuse(*caller);
    return false;
  }

 private:
  // Whoever tries in a loop fills no disk: one line in a while, with the number of all.
  void Refuse(const lane::PeerCredentials& caller) {
    std::lock_guard lock(mutex_);
    ++refused_;
    const auto now = std::chrono::steady_clock::now();
    if (!notice_ || (refused_ > 1 && now < next_notice_)) return;
    next_notice_ = now + kNoticePause;
    notice_("listener " + config::ToString(settings_->address) + ": refused process " +
            std::to_string(caller.pid) + " of user " + std::to_string(caller.uid) + ", group " +
            std::to_string(caller.gid) + ", by allowed_uids and allowed_gids; " +
            std::to_string(refused_) + " refused so far");
  }

  std::shared_ptr<const config::ListenerSettings> settings_;
  Notice notice_;
  std::mutex mutex_;
  std::uint64_t refused_ = 0;
  std::chrono::steady_clock::time_point next_notice_;
};

}  // namespace

Listeners::Listeners(lane::Lanes& lanes, Notice notice)
    : lanes_(lanes), notice_(notice), watch_(std::move(notice)) {}

std::optional<std::string> Listeners::Open(const std::vector<config::ListenerSettings>& settings) {
  std::vector<Entry> entries(settings.size());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (!settings[i].tls) continue;
    std::string name = config::ToString(settings[i].address);
    entries[i].tls = std::make_shared<WatchedTls>(name, *settings[i].tls);
    if (auto wrong = entries[i].tls->Read()) return "listener " + name + ": " + *wrong;
  }
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (auto error = OpenOne(settings[i], entries[i])) return error;
  }
  entries_ = std::move(entries);
  return std::nullopt;
}

std::optional<std::string> Listeners::OpenOne(const config::ListenerSettings& settings,
                                              Entry& entry) {
  entry.settings = std::make_shared<config::ListenerSettings>(settings);
  entry.listener = std::make_shared<lane::Listener>(lanes_);
  if (auto error = entry.listener->Open(BindText(settings.address), settings.unix_mode)) {
    return "cannot listen on " + config::ToString(settings.address) + ": " + error.message();
  }
  return std::nullopt;
}

std::vector<std::string> Listeners::addresses() const {
  std::vector<std::string> addresses;
  for (const Entry& entry : entries_) addresses.push_back(entry.listener->address());
  return addresses;
}

void Listeners::Start(const Deal& deal) {
  for (const Entry& entry : entries_) {
    if (entry.tls) watch_.Add(entry.tls);
    const rpc::Reach reach = config::IsLocal(entry.settings->address) ? rpc::Reach::kThisMachine
                                                                      : rpc::Reach::kAnyMachine;
    auto door = std::make_shared<Doorkeeper>(entry.settings, notice_);
    entry.listener->Start(
        [deal, door, tls = entry.tls, reach](std::size_t lane, lane::StreamSocket socket) {
          if (!door->MayConnect(socket)) return;
          deal(lane, std::move(socket), tls ? tls->Get() : nullptr, reach);
        });
  }
  watch_.Start();
}

void Listeners::Stop() {
  for (const Entry& entry : entries_) entry.listener->Stop();
}

}  // namespace scoregate::server
