// scoregate check: says whether a configuration is good, and where it is not.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/cli/commands.h"
#include "gateway/cli/configuration/configuration.h"
#include "gateway/cli/configuration/connect_check.h"
#include "gateway/dialect/json_writer.h"

namespace scoregate::cli {
namespace {

struct CheckOptions {
  ConfigurationOptions configuration;
  std::string format = "text";
  bool connect = false;
};

// An endpoint that cannot be used is a finding like any other.
config::Finding FindingOf(const Reached& reached, std::size_t index, const std::string& file) {
  config::Finding finding;
  finding.severity = config::Severity::kError;
  finding.file = file;
  finding.path = "endpoints[" + std::to_string(index) + "]";
  finding.text = "endpoint " + reached.endpoint + " " + reached.text;
  return finding;
}

// The findings; with --connect also what each endpoint did, the good ones too.
std::string Json(const std::vector<config::Finding>& findings, bool connected,
                 const std::vector<Reached>& endpoints) {
  std::string json = config::FormatJson(findings);
  if (!connected) return json;
  std::string list = ",\"endpoints\":[";
  for (const Reached& reached : endpoints) {
    if (&reached != endpoints.data()) list += ',';
    list += "{\"name\":";
    dialect::AppendJsonString(list, reached.endpoint);
    list += std::string(",\"good\":") + (reached.good ? "true" : "false") + ",\"text\":";
    dialect::AppendJsonString(list, reached.text);
    list += '}';
  }
  return json.insert(json.rfind('}'), list + "]");
}

int Check(const CheckOptions& options) {
  config::Loaded loaded = LoadConfiguration(options.configuration);
  std::vector<Reached> endpoints;
  if (options.connect && loaded.configuration) endpoints = TryEndpoints(*loaded.configuration);
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    if (endpoints[i].good) continue;
    loaded.findings.push_back(FindingOf(endpoints[i], i, options.configuration.file));
  }
  bool good = loaded.configuration.has_value() && !config::HasErrors(loaded.findings);
  if (options.format == "json") {
    std::cout << Json(loaded.findings, options.connect, endpoints);
    return good ? kExitGood : kExitRefused;
  }
  std::cout << config::FormatText(loaded.findings);
  for (const Reached& reached : endpoints) {
    if (reached.good) std::cout << "endpoint " << reached.endpoint << ' ' << reached.text << '\n';
  }
  if (good) {
    std::size_t count = loaded.configuration->endpoints.size();
    std::cout << options.configuration.file << ": good, " << count
              << (count == 1 ? " endpoint\n" : " endpoints\n");
  }
  return good ? kExitGood : kExitRefused;
}

}  // namespace

void AddCheck(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Check a configuration without serving it");
  AddConfigurationOptions(*command, options->configuration);
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->capture_default_str();
  command->add_flag("--connect", options->connect,
                    "Also make one GET to each endpoint and say what came of it");
  command->footer(
      "Examples:\n"
      "  scoregate check --config scoregate.yaml\n"
      "  scoregate check --config scoregate.yaml --connect\n"
      "  scoregate check --config scoregate.yaml --format json\n\n"
      "Exit: 0 good, 1 refused, 2 usage.");
  command->callback([options, &exit_code] { exit_code = Check(*options); });
}

}  // namespace scoregate::cli
