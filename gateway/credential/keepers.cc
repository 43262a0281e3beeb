#include "gateway/credential/keepers.h"

#include <utility>

#include "gateway/credential/token_file.h"
#include "gateway/credential/workload_identity.h"

namespace scoregate::credential {

std::unique_ptr<TokenSource> Keepers::SourceOf(const SettingsPtr& settings,
                                               const MakeClient& make_client) {
  if (!settings->token_file.empty()) return std::make_unique<TokenFile>(settings->token_file);
  if (!settings->workload_identity) return nullptr;
  auto client = make_client(own_.context(), AuthoritySettings(*settings));
  return std::make_unique<WorkloadIdentity>(*settings->workload_identity, std::move(client));
}

std::shared_ptr<LaneToken> Keepers::Attach(lane::Lane& lane, const SettingsPtr& settings,
                                           const MakeClient& make_client) {
  auto [place, added] = keepers_.try_emplace(settings);
  if (added) {
    if (auto source = SourceOf(settings, make_client)) {
      place->second = std::make_shared<TokenKeeper>(own_.executor(), std::move(source));
    }
  }
  return place->second ? place->second->Attach(lane.executor()) : nullptr;
}

void Keepers::Start() {
  bool needed = false;
  for (const auto& [settings, keeper] : keepers_) {
    if (!keeper) continue;
    keeper->Start();
    needed = true;
  }
  if (needed) own_.Start();
}

void Keepers::Stop() {
  own_.Stop();
}

}  // namespace scoregate::credential
