#include "gateway/cli/configuration/configuration.h"

#include <utility>

#include "gateway/server/listener_tls.h"
#include "gateway/translation/overrides.h"

namespace scoregate::cli {
namespace {

void Add(config::Loaded& loaded, config::Severity severity, const std::string& file,
         std::string path, std::string text) {
  config::Finding finding;
  finding.severity = severity;
  finding.file = file;
  finding.path = std::move(path);
  finding.text = std::move(text);
  loaded.findings.push_back(std::move(finding));
}

}  // namespace

void AddConfigurationOptions(CLI::App& command, ConfigurationOptions& options) {
  command.add_option("--config", options.file, "The configuration, a YAML file")
      ->required()
      ->envname("SCOREGATE_CONFIG")
      ->type_name("FILE");
  for (const config::ScalarSetting& setting : config::ScalarSettings()) {
    std::string path = setting.path;
    command
        .add_option_function<std::string>(
            setting.flag,
            [&options, path](const std::string& value) { options.flags.emplace_back(path, value); },
            "Overrides " + setting.path + " (also " + setting.variable + ")")
        ->type_name("VALUE")
        ->group("Settings of the file");
  }
}

config::Loaded LoadConfiguration(const ConfigurationOptions& options) {
  config::LoadInput input;
  input.file = options.file;
  input.environment = config::ProcessEnvironment();
  input.flags = options.flags;
  input.check_override = translation::CheckOverride;
  input.check_listener_tls = server::CheckListenerTls;
  config::Loaded loaded = config::Load(input);
  if (!loaded.configuration) return loaded;
  const config::GatewaySettings& gateway = loaded.configuration->gateway;
  constexpr const char* kNotServed = "this version has no such page; the key is ignored";
  constexpr auto kWarning = config::Severity::kWarning;
  if (gateway.admin) Add(loaded, kWarning, options.file, "admin.address", kNotServed);
  if (gateway.probes) Add(loaded, kWarning, options.file, "probes.address", kNotServed);
  return loaded;
}

}  // namespace scoregate::cli
