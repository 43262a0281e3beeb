// The way in: file, environment and flags become one checked configuration, or a list of findings.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/config/finding.h"
#include "gateway/config/settings.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/call_kind.h"
#include "scoring/config/v1/config.pb.h"

namespace scoregate::config {

/// A configuration file is at most this long.
inline constexpr std::size_t kMaxFileBytes = std::size_t{1} << 20;

/// Says which invariant of the translation contract an override breaks; nothing where none. The
/// translation room owns the rule.
using OverrideCheck =
    std::function<std::optional<std::string>(const endpoint::RuleOverride&, http::UpstreamKind)>;

/// What is wrong with a key of a listener's tls, such as `cert_file` or `allowed_sans[0]`: one
/// sentence without a full stop.
struct ListenerTlsMistake {
  std::string key;
  std::string text;
};

/// Says what of a listener's TLS cannot be used. Whoever serves it owns the rule.
using ListenerTlsCheck = std::function<std::vector<ListenerTlsMistake>(const ListenerTlsSettings&)>;

/// Names and values, such as a process's environment.
using NamedValues = std::vector<std::pair<std::string, std::string>>;

/// Everything that a configuration is made of; nothing else is looked at but the files of secrets
/// and the directories of sockets that it names.
struct LoadInput {
  /// The file to read; also what findings say.
  std::string file;
  /// The environment: SCOREGATE_ variables, those that `api_key: {env: NAME}` names, and
  /// HTTPS_PROXY and NO_PROXY.
  NamedValues environment;
  /// Settings given as flags: the key's path, such as `admin.address`, and the value as it would
  /// stand in the file. They win over the environment, which wins over the file.
  NamedValues flags;
  /// Null: overrides are taken unchecked.
  OverrideCheck check_override;
  /// Null: certificates are taken unchecked.
  ListenerTlsCheck check_listener_tls;
};

/// A configuration that was found good.
struct Configuration {
  /// The effective message: file, environment and flags. Holds no secret, only where they are.
  scoring::config::v1::GatewayConfig message;
  GatewaySettings gateway;
  /// In the order of the file; names are unique.
  std::vector<std::shared_ptr<const endpoint::EndpointSettings>> endpoints;
};

/// What loading gave. Without a configuration there is at least one error among the findings; with
/// one, all of them are warnings.
struct Loaded {
  std::optional<Configuration> configuration;
  std::vector<Finding> findings;
};

/// Reads and checks `input.file`. Finds everything that is wrong in one pass. Blocks on files.
Loaded Load(const LoadInput& input);

/// The same for a text that was read from `input.file` before.
Loaded LoadText(std::string_view yaml, const LoadInput& input);

/// One setting that also has a flag and a variable: a scalar key outside of lists.
struct ScalarSetting {
  std::string path;      ///< `server.drain_timeout`
  std::string flag;      ///< `--server-drain-timeout`
  std::string variable;  ///< `SCOREGATE_SERVER_DRAIN_TIMEOUT`
};

/// All of them, in the order of config.proto.
std::vector<ScalarSetting> ScalarSettings();

/// The environment of this process, for LoadInput.
NamedValues ProcessEnvironment();

/// The effective configuration as YAML text that reads back as the same configuration, but for
/// values that look like secrets, which are redacted.
std::string RedactedDump(const scoring::config::v1::GatewayConfig& message);

}  // namespace scoregate::config
