#include "gateway/server/gateway.h"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <utility>

#include "gateway/credential/keepers.h"
#include "gateway/lane/cgroup.h"
#include "gateway/lane/lane.h"
#include "gateway/rpc/sessions.h"
#include "gateway/server/file_limit.h"
#include "gateway/server/listeners.h"
#include "gateway/server/memory_budget.h"
#include "gateway/service/lane_services.h"
#include "gateway/upstream/http_upstream_client.h"

namespace scoregate::server {
namespace {

rpc::Limits LimitsOf(const config::ServerSettings& settings) {
  rpc::Limits limits;
  limits.max_message_bytes = settings.max_request_bytes;
  limits.max_header_list_bytes = settings.max_metadata_bytes;
  limits.max_concurrent_calls = settings.max_concurrent_streams;
  limits.handshake_timeout = settings.handshake_timeout;
  return limits;
}

rpc::ConnectionPolicy PolicyOf(const config::ServerSettings& settings) {
  rpc::ConnectionPolicy policy;
  policy.max_age = settings.max_connection_age;
  policy.max_age_grace = settings.max_connection_age_grace;
  policy.max_idle = settings.max_connection_idle;
  policy.keepalive_interval = settings.keepalive_interval;
  policy.keepalive_timeout = settings.keepalive_timeout;
  policy.min_ping_interval = settings.min_ping_interval;
  policy.allow_pings_without_calls = settings.allow_pings_without_calls;
  return policy;
}

rpc::AnswerCompression CompressionOf(config::CompressAnswers when) {
  switch (when) {
    case config::CompressAnswers::kAsRequest:
      return rpc::AnswerCompression::kAsRequest;
    case config::CompressAnswers::kWhereAccepted:
      return rpc::AnswerCompression::kWhereAccepted;
    case config::CompressAnswers::kNever:
      return rpc::AnswerCompression::kNever;
  }
  return rpc::AnswerCompression::kAsRequest;
}

void LimitCallers(const config::CallerSettings& settings, rpc::Limits& limits) {
  limits.request_timeout = settings.request_timeout;
  limits.answer_timeout = settings.answer_timeout;
  limits.max_held_bytes = settings.max_held_bytes;
  limits.answer_backlog_bytes = settings.answer_backlog_bytes;
  limits.max_answer_backlog_bytes = settings.max_answer_backlog_bytes;
  limits.max_reset_burst = settings.max_resets;
  limits.max_resets_per_second = settings.max_resets_per_second;
  limits.max_overhead_burst_bytes = settings.max_overhead_bytes;
  limits.max_overhead_bytes_per_second = settings.max_overhead_bytes_per_second;
}

service::LaneServices::Options OptionsOf(const config::Configuration& configuration) {
  const config::ErrorSettings& errors = configuration.gateway.errors;
  service::LaneServices::Options options;
  options.errors = {errors.help_base_url, errors.allow_debug_info,
                    errors.allow_remote_error_reports};
  options.max_response_bytes = configuration.gateway.server.max_response_bytes;
  options.reflection = configuration.gateway.server.reflection;
  for (const auto& settings : configuration.endpoints) {
    options.endpoints.push_back(
        std::make_shared<service::SharedEndpoint>(settings, options.health));
  }
  return options;
}

// Files that are no connection: listeners, secrets, certificates, logs.
constexpr std::size_t kOtherFiles = 64;

// Callers must not take the descriptors that their calls need upstream.
std::size_t MostConnections(const config::Configuration& configuration) {
  std::size_t files = RaiseFileLimit();
  std::size_t others = kOtherFiles;
  for (const auto& endpoint : configuration.endpoints) others += endpoint->limits.max_in_flight;
  std::size_t room = files - std::min(files / 2, others);
  return std::min<std::size_t>(configuration.gateway.callers.max_connections, room);
}

// Rounded up; connections are dealt out to the lane that has the fewest.
std::size_t ShareOf(std::size_t all, std::size_t lanes) {
  return (all + lanes - 1) / lanes;
}

void ShareMemory(const config::GatewaySettings& settings, std::optional<std::uint64_t> memory,
                 std::size_t lanes, rpc::Limits& limits) {
  limits.max_lane_held_bytes =
      LaneBudgetBytes(settings.callers.max_total_held_bytes, memory, lanes,
                      settings.server.max_request_bytes + config::kHeldBesideAMessage);
  limits.max_lane_answer_backlog_bytes =
      LaneBudgetBytes(settings.callers.max_total_answer_backlog_bytes, memory, lanes,
                      settings.server.max_response_bytes);
}

std::size_t LaneCount(const config::GatewaySettings& settings) {
  return settings.lanes == 0 ? lane::DefaultLaneCount() : settings.lanes;
}

}  // namespace

struct Gateway::Parts {
  Parts(config::Configuration c, Notice notice)
      : configuration(std::move(c)),
        options(OptionsOf(configuration)),
        lanes(LaneCount(configuration.gateway)),
        listeners(lanes, std::move(notice)) {}

  // protobuf writes a line on standard error for each string of a request that is not UTF-8: any
  // caller could fill the log so. The caller is told, by the failure of its call.
  google::protobuf::LogSilencer silence;
  config::Configuration configuration;
  service::LaneServices::Options options;
  // Gone after the lanes, which ask them for tokens; stopped before, as they post to the lanes.
  credential::Keepers keepers;
  lane::Lanes lanes;
  Listeners listeners;
  std::size_t max_connections = MostConnections(configuration);
  // Services before sessions: a session's router calls them until it is gone.
  std::vector<std::unique_ptr<service::LaneServices>> services;
  std::vector<std::unique_ptr<rpc::Sessions>> sessions;
  bool stopped = false;

  void Stop() {
    if (std::exchange(stopped, true)) return;
    listeners.Stop();
    keepers.Stop();
    lanes.Stop();
  }
};

Gateway::Gateway(config::Configuration configuration, Notice notice)
    : parts_(std::make_unique<Parts>(std::move(configuration), std::move(notice))) {
  upstream::ClientMaker clients;
  const auto make_client = [&clients](boost::asio::io_context& loop,
                                      const service::SettingsPtr& settings) {
    return clients.Make(loop, settings);
  };
  parts_->options.parts.make_client = [&](lane::Lane& lane, const service::SettingsPtr& settings) {
    return make_client(lane.context(), settings);
  };
  parts_->options.parts.make_token = [&](lane::Lane& lane, const service::SettingsPtr& settings) {
    return parts_->keepers.Attach(lane, settings, make_client);
  };
  std::vector<service::LaneServices*> all;
  for (std::size_t i = 0; i < parts_->lanes.size(); ++i) {
    lane::Lane& lane = parts_->lanes[i];
    parts_->services.push_back(std::make_unique<service::LaneServices>(lane, parts_->options));
    all.push_back(parts_->services.back().get());
  }
  const std::optional<std::uint64_t> memory = lane::MemoryLimit();
  for (std::size_t i = 0; i < parts_->lanes.size(); ++i) {
    service::LaneServices& services = *parts_->services[i];
    services.SetPeers(all);
    rpc::SessionsOptions options;
    const config::ServerSettings& server = parts_->configuration.gateway.server;
    options.limits = LimitsOf(server);
    options.connection = PolicyOf(server);
    options.answer_compression = CompressionOf(server.compress_answers);
    LimitCallers(parts_->configuration.gateway.callers, options.limits);
    options.limits.max_connections = ShareOf(parts_->max_connections, parts_->lanes.size());
    ShareMemory(parts_->configuration.gateway, memory, parts_->lanes.size(), options.limits);
    options.write_failure = [&services](const http::Fault& fault, const rpc::CallView& call) {
      return services.reporter().Write(fault, call);
    };
    parts_->sessions.push_back(std::make_unique<rpc::Sessions>(
        parts_->lanes[i], services.MakeRouter(), std::move(options)));
  }
  // They use what ends here.
  parts_->options.parts = {};
}

Gateway::~Gateway() {
  parts_->Stop();
}

std::optional<std::string> Gateway::Open() {
  return parts_->listeners.Open(parts_->configuration.gateway.listeners);
}

std::vector<std::string> Gateway::addresses() const {
  return parts_->listeners.addresses();
}

std::size_t Gateway::max_connections() const {
  return parts_->max_connections;
}

std::size_t Gateway::lanes() const {
  return parts_->lanes.size();
}

void Gateway::Start() {
  parts_->keepers.Start();
  parts_->lanes.Start();
  parts_->listeners.Start([parts = parts_.get()](std::size_t lane, lane::StreamSocket socket,
                                                 std::shared_ptr<const rpc::ServerTls> tls,
                                                 rpc::Reach reach) {
    parts->sessions[lane]->Adopt(std::move(socket), std::move(tls), reach);
  });
}

void Gateway::ReloadCertificates() {
  parts_->listeners.ReloadCertificates();
}

bool Gateway::Drain() {
  // Before the callers are told to go elsewhere: who watches hears the reason, and its call ends.
  parts_->options.health->BeginDrain();
  parts_->listeners.Stop();
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
