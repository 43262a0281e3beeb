#include "gateway/config/check/gateway_check.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/config/check/range.h"

namespace scoregate::config {
namespace {

using scoring::config::v1::GatewayConfig;

constexpr std::uint32_t kMaxLanes = 1024;
// protobuf's own bound of a message.
constexpr std::uint64_t kMaxMessageBytes = (std::uint64_t{1} << 31) - 1;
constexpr std::uint64_t kMaxMetadataBytes = 1 << 20;
constexpr std::uint32_t kMaxStreams = 1'000'000;

// Checks addresses one after another and keeps those that are taken.
class AddressCheck {
 public:
  explicit AddressCheck(Report& report) : report_(report) {}

  std::optional<ListenAddress> Take(const std::string& text, const std::string& path) {
    std::optional<ListenAddress> address = ParseListenAddress(text);
    if (!address) {
      report_.Error(path, {text.empty() ? "there is no address" : "this is not an address",
                           "HOST:PORT, [IPv6]:PORT or unix:PATH", ""});
      return std::nullopt;
    }
    bool can_collide = address->kind == AddressKind::kUnix || address->port != 0;
    if (can_collide && std::ranges::find(taken_, *address) != taken_.end()) {
      report_.Error(path, {"the address is taken by another key", "", ""});
    }
    taken_.push_back(*address);
    return address;
  }

 private:
  Report& report_;
  std::vector<ListenAddress> taken_;
};

void CheckServer(const scoring::config::v1::Server& given, ServerSettings& server, Report& report) {
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
}

void CheckListeners(const GatewayConfig& message, AddressCheck& addresses, Report& report,
                    GatewaySettings& settings) {
  if (message.listeners().empty()) {
    report.Error("listeners", {"there is no listener",
                               "at least one, such as "
                               "{address: 127.0.0.1:50051}",
                               ""});
  }
  for (int i = 0; i < message.listeners_size(); ++i) {
    std::string path = Child(Element("listeners", static_cast<std::size_t>(i)), "address");
    std::optional<ListenAddress> address = addresses.Take(message.listeners(i).address(), path);
    if (!address) continue;
    if (!IsLocal(*address)) {
      report.Warning(path, "callers from other machines connect in plain text");
    }
    settings.listeners.push_back(*std::move(address));
  }
}

}  // namespace

GatewaySettings CheckGateway(const GatewayConfig& message, Report& report) {
  GatewaySettings settings;
  AddressCheck addresses(report);
  CheckListeners(message, addresses, report, settings);
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
  settings.errors = {message.errors().help_base_url(), message.errors().allow_debug_info(),
                     message.errors().allow_remote_error_reports()};
  if (message.endpoints().empty()) {
    report.Error("endpoints", {"there is no endpoint", "at least one", ""});
  }
  return settings;
}

}  // namespace scoregate::config
