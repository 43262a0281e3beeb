#include "gateway/config/check/gateway_check.h"

#include <absl/strings/str_cat.h>

#include "gateway/config/check/address_check.h"
#include "gateway/config/check/listener_check.h"
#include "gateway/config/check/range.h"

namespace scoregate::config {
namespace {

using scoring::config::v1::GatewayConfig;
using ServerMessage = scoring::config::v1::Server;

constexpr std::uint32_t kMaxLanes = 1024;
// protobuf's own bound of a message.
constexpr std::uint64_t kMaxMessageBytes = (std::uint64_t{1} << 31) - 1;
constexpr std::uint64_t kMaxMetadataBytes = 1 << 20;
constexpr std::uint32_t kMaxStreams = 1'000'000;
constexpr std::uint32_t kMaxConnections = 1'000'000;
constexpr std::uint64_t kMaxHeldBytes = std::uint64_t{1} << 40;
constexpr std::uint32_t kMaxAllowance = 1'000'000'000;

void CheckServer(const ServerMessage& given, ServerSettings& server, Report& report) {
  RangeCheck range("server", report);
  range.Take("max_request_bytes", given.max_request_bytes(), kMaxMessageBytes,
             server.max_request_bytes);
  range.Take("max_response_bytes", given.max_response_bytes(), kMaxMessageBytes,
             server.max_response_bytes);
  range.Take("max_concurrent_streams", given.max_concurrent_streams(), kMaxStreams,
             server.max_concurrent_streams);
  range.Take("max_metadata_bytes", given.max_metadata_bytes(), kMaxMetadataBytes,
             server.max_metadata_bytes);
  range.TakeDuration("drain_timeout", given.drain_timeout(), server.drain_timeout);
  if (given.compress_answers() == ServerMessage::WHERE_ACCEPTED) {
    server.compress_answers = CompressAnswers::kWhereAccepted;
  } else if (given.compress_answers() == ServerMessage::NEVER) {
    server.compress_answers = CompressAnswers::kNever;
  }
  if (given.has_reflection()) server.reflection = given.reflection();
}

void CheckConnections(const scoring::config::v1::Server& given, ServerSettings& server,
                      Report& report) {
  RangeCheck range("server", report);
  range.TakeDuration("handshake_timeout", given.handshake_timeout(), server.handshake_timeout);
  if (given.has_max_connection_age()) {
    range.TakeDuration("max_connection_age", given.max_connection_age(),
                       server.max_connection_age.emplace());
  }
  range.TakeDuration("max_connection_age_grace", given.max_connection_age_grace(),
                     server.max_connection_age_grace);
  range.TakeDuration("max_connection_idle", given.max_connection_idle(),
                     server.max_connection_idle);
  range.TakeDuration("keepalive_interval", given.keepalive_interval(), server.keepalive_interval);
  range.TakeDuration("keepalive_timeout", given.keepalive_timeout(), server.keepalive_timeout);
  range.TakeDuration("min_ping_interval", given.min_ping_interval(), server.min_ping_interval);
  server.allow_pings_without_calls = given.allow_pings_without_calls();
}

void CheckCallers(const scoring::config::v1::Callers& given, CallerSettings& callers,
                  Report& report) {
  RangeCheck range("callers", report);
  range.Take("max_connections", given.max_connections(), kMaxConnections, callers.max_connections);
  range.TakeDuration("request_timeout", given.request_timeout(), callers.request_timeout);
  range.TakeDuration("answer_timeout", given.answer_timeout(), callers.answer_timeout);
  range.Take("max_held_bytes", given.max_held_bytes(), kMaxHeldBytes, callers.max_held_bytes);
  range.Take("answer_backlog_bytes", given.answer_backlog_bytes(), kMaxHeldBytes,
             callers.answer_backlog_bytes);
  range.Take("max_answer_backlog_bytes", given.max_answer_backlog_bytes(), kMaxHeldBytes,
             callers.max_answer_backlog_bytes);
  range.Take("max_total_answer_backlog_bytes", given.max_total_answer_backlog_bytes(),
             kMaxHeldBytes, callers.max_total_answer_backlog_bytes);
  range.Take("max_total_held_bytes", given.max_total_held_bytes(), kMaxHeldBytes,
             callers.max_total_held_bytes);
  range.Take("max_resets", given.max_resets(), kMaxAllowance, callers.max_resets);
  range.Take("max_resets_per_second", given.max_resets_per_second(), kMaxAllowance,
             callers.max_resets_per_second);
  range.Take("max_overhead_bytes", given.max_overhead_bytes(), kMaxAllowance,
             callers.max_overhead_bytes);
  range.Take("max_overhead_bytes_per_second", given.max_overhead_bytes_per_second(), kMaxAllowance,
             callers.max_overhead_bytes_per_second);
}

// A request that is larger than what a connection may hold would fail for ever. Said where the file
// speaks of it: one of the two is there, because the defaults fit.
void CheckHeldBytes(const GatewaySettings& settings, Report& report) {
  std::uint64_t least = settings.server.max_request_bytes + kHeldBesideAMessage;
  if (settings.callers.max_held_bytes >= least) return;
  if (report.Has("callers.max_held_bytes")) {
    report.Error("callers.max_held_bytes",
                 {"a connection could not hold one request of server.max_request_bytes",
                  absl::StrCat("at least ", least), ""});
  } else {
    report.Error("server.max_request_bytes",
                 {"a connection could not hold one request of that size",
                  absl::StrCat("callers.max_held_bytes of at least ", least, " with it"), ""});
  }
}

}  // namespace

GatewaySettings CheckGateway(const GatewayConfig& message, const LoadInput& input, Report& report) {
  GatewaySettings settings;
  AddressCheck addresses(report);
  settings.listeners = ListenerCheck(addresses, input, report).Take(message);
  if (message.has_admin()) {
    settings.admin = addresses.Take(message.admin().address(), "admin.address");
    if (settings.admin && !IsLocal(*settings.admin)) {
      report.Warning("admin.address",
                     "the pages for operators can be reached, and changed, from other machines");
    }
  }
  if (message.has_probes()) {
    settings.probes = addresses.Take(message.probes().address(), "probes.address");
  }
  RangeCheck("", report).Take("lanes", message.lanes(), kMaxLanes, settings.lanes);
  CheckServer(message.server(), settings.server, report);
  CheckConnections(message.server(), settings.server, report);
  CheckCallers(message.callers(), settings.callers, report);
  CheckHeldBytes(settings, report);
  settings.errors = {message.errors().help_base_url(), message.errors().allow_debug_info(),
                     message.errors().allow_remote_error_reports()};
  if (message.endpoints().empty()) {
    report.Error("endpoints", {"there is no endpoint", "at least one", ""});
  }
  return settings;
}

}  // namespace scoregate::config
