#include "gateway/server/gateway.h"

#include <boost/asio/co_spawn.hpp>
#include <future>
#include <utility>

#include "gateway/lane/lane.h"
#include "gateway/lane/listener.h"
#include "gateway/rpc/sessions.h"
#include "gateway/service/lane_services.h"
#include "gateway/upstream/http_upstream_client.h"

namespace scoregate::server {
namespace {

rpc::Limits LimitsOf(const config::ServerSettings& settings) {
  rpc::Limits limits;
  limits.max_message_bytes = settings.max_request_bytes;
  limits.max_header_list_bytes = settings.max_metadata_bytes;
  limits.max_concurrent_calls = settings.max_concurrent_streams;
  return limits;
}

service::LaneServices::Options OptionsOf(const config::Configuration& configuration) {
  const config::ErrorSettings& errors = configuration.gateway.errors;
  service::LaneServices::Options options;
  options.errors = {errors.help_base_url, errors.allow_debug_info,
                    errors.allow_remote_error_reports};
  options.max_response_bytes = configuration.gateway.server.max_response_bytes;
  for (const auto& settings : configuration.endpoints) {
    options.endpoints.push_back(std::make_shared<service::SharedEndpoint>(settings));
  }
  return options;
}

std::size_t LaneCount(const config::GatewaySettings& settings) {
  return settings.lanes == 0 ? lane::DefaultLaneCount() : settings.lanes;
}

}  // namespace

struct Gateway::Parts {
  explicit Parts(config::Configuration c)
      : configuration(std::move(c)),
        options(OptionsOf(configuration)),
        lanes(LaneCount(configuration.gateway)) {}

  config::Configuration configuration;
  service::LaneServices::Options options;
  lane::Lanes lanes;
  std::vector<std::shared_ptr<lane::Listener>> listeners;
  // Services before sessions: a session's router calls them until it is gone.
  std::vector<std::unique_ptr<service::LaneServices>> services;
  std::vector<std::unique_ptr<rpc::Sessions>> sessions;
  bool stopped = false;

  void Stop() {
    if (std::exchange(stopped, true)) return;
    for (const auto& listener : listeners) listener->Stop();
    lanes.Stop();
  }
};

Gateway::Gateway(config::Configuration configuration)
    : parts_(std::make_unique<Parts>(std::move(configuration))) {
  upstream::ClientMaker clients;
  parts_->options.make_client = [&clients](lane::Lane& lane, const service::SettingsPtr& settings) {
    return clients.Make(lane.context(), settings);
  };
  std::vector<service::FailurePeer> peers;
  for (std::size_t i = 0; i < parts_->lanes.size(); ++i) {
    lane::Lane& lane = parts_->lanes[i];
    parts_->services.push_back(std::make_unique<service::LaneServices>(lane, parts_->options));
    peers.push_back({&lane, &parts_->services[i]->reporter().failures()});
  }
  for (std::size_t i = 0; i < parts_->lanes.size(); ++i) {
    service::LaneServices& services = *parts_->services[i];
    services.SetPeers(peers);
    rpc::SessionsOptions options;
    options.limits = LimitsOf(parts_->configuration.gateway.server);
    options.write_failure = [&services](const http::Fault& fault, const rpc::CallView& call) {
      return services.reporter().Write(fault, call);
    };
    parts_->sessions.push_back(std::make_unique<rpc::Sessions>(
        parts_->lanes[i], services.MakeRouter(), std::move(options)));
  }
}

Gateway::~Gateway() {
  parts_->Stop();
}

std::optional<std::string> Gateway::Open() {
  for (const config::ListenAddress& address : parts_->configuration.gateway.listeners) {
    auto listener = std::make_shared<lane::Listener>(parts_->lanes);
    if (auto error = listener->Open(config::ToString(address))) {
      parts_->listeners.clear();
      return "cannot listen on " + config::ToString(address) + ": " + error.message();
    }
    parts_->listeners.push_back(std::move(listener));
  }
  return std::nullopt;
}

std::vector<std::string> Gateway::addresses() const {
  std::vector<std::string> addresses;
  for (const auto& listener : parts_->listeners) addresses.push_back(listener->address());
  return addresses;
}

std::size_t Gateway::lanes() const {
  return parts_->lanes.size();
}

void Gateway::Start() {
  parts_->lanes.Start();
  for (const auto& listener : parts_->listeners) {
    listener->Start([parts = parts_.get()](std::size_t lane, lane::StreamSocket socket) {
      parts->sessions[lane]->Adopt(std::move(socket));
    });
  }
}

bool Gateway::Drain() {
  for (const auto& listener : parts_->listeners) listener->Stop();
  auto timeout = parts_->configuration.gateway.server.drain_timeout;
  std::vector<std::future<bool>> drained;
  for (std::size_t i = 0; i < parts_->lanes.size(); ++i) {
    drained.push_back(boost::asio::co_spawn(
        parts_->lanes[i].executor(), parts_->sessions[i]->Drain(timeout), boost::asio::use_future));
  }
  bool finished = true;
  for (std::future<bool>& lane : drained) finished = lane.get() && finished;
  parts_->Stop();
  return finished;
}

}  // namespace scoregate::server
