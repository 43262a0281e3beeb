// The keepers of all endpoints' tokens, on a lane of their own.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>

#include "gateway/credential/token_keeper.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/lane/lane.h"
#include "gateway/upstream/upstream_client.h"

namespace scoregate::credential {

/// Made, started and stopped by one thread. Files are read and authorities asked on a thread of
/// its own, which runs only where an endpoint needs it.
class Keepers {
 public:
  using SettingsPtr = std::shared_ptr<const endpoint::EndpointSettings>;
  /// Makes a client for a loop; called before Start.
  using MakeClient = std::function<std::unique_ptr<upstream::UpstreamClient>(
      boost::asio::io_context&, const SettingsPtr&)>;

  /// A lane's view of the endpoint's token; null where the endpoint has none. Before Start.
  std::shared_ptr<LaneToken> Attach(lane::Lane& lane, const SettingsPtr& settings,
                                    const MakeClient& make_client);

  void Start();
  /// Ends the thread. Before the lanes that were attached are gone.
  void Stop();

 private:
  std::unique_ptr<TokenSource> SourceOf(const SettingsPtr& settings, const MakeClient& make_client);

  lane::Lane own_;
  std::map<SettingsPtr, std::shared_ptr<TokenKeeper>> keepers_;
};

}  // namespace scoregate::credential
