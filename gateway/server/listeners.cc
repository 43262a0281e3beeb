#include "gateway/server/listeners.h"

#include <algorithm>
#include <utility>

namespace scoregate::server {
namespace {

// The one name that a listener may have.
std::string BindText(config::ListenAddress address) {
  if (address.host == "localhost") address.host = "127.0.0.1";
  return config::ToString(address);
}

bool MayConnect(const config::ListenerSettings& settings, lane::StreamSocket& socket) {
  if (settings.allowed_uids.empty() && settings.allowed_gids.empty()) return true;
  std::optional<lane::PeerCredentials> caller = lane::CredentialsOf(socket);
  if (!caller) return false;
  return std::ranges::find(settings.allowed_uids, caller->uid) != settings.allowed_uids.end() ||
         std::ranges::find(settings.allowed_gids, caller->gid) != settings.allowed_gids.end();
}

}  // namespace

Listeners::Listeners(lane::Lanes& lanes, Notice notice)
    : lanes_(lanes), watch_(std::move(notice)) {}

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
    entry.listener->Start([deal, settings = entry.settings, tls = entry.tls, reach](
                              std::size_t lane, lane::StreamSocket socket) {
      if (!MayConnect(*settings, socket)) return;
      deal(lane, std::move(socket), tls ? tls->Get() : nullptr, reach);
    });
  }
  watch_.Start();
}

void Listeners::Stop() {
  for (const Entry& entry : entries_) entry.listener->Stop();
}

}  // namespace scoregate::server
