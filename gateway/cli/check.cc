// scoregate check: says whether a configuration is good, and where it is not.
#include <iostream>
#include <memory>
#include <string>

#include "gateway/cli/commands.h"
#include "gateway/cli/configuration.h"

namespace scoregate::cli {
namespace {

struct CheckOptions {
  ConfigurationOptions configuration;
  std::string format = "text";
};

int Check(const CheckOptions& options) {
  config::Loaded loaded = LoadConfiguration(options.configuration);
  bool good = loaded.configuration.has_value();
  if (options.format == "json") {
    std::cout << config::FormatJson(loaded.findings);
    return good ? kExitGood : kExitRefused;
  }
  std::cout << config::FormatText(loaded.findings);
  if (good) {
    std::size_t endpoints = loaded.configuration->endpoints.size();
    std::cout << options.configuration.file << ": good, " << endpoints
              << (endpoints == 1 ? " endpoint\n" : " endpoints\n");
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
  command->footer(
      "Examples:\n"
      "  scoregate check --config scoregate.yaml\n"
      "  scoregate check --config scoregate.yaml --format json\n\n"
      "Exit: 0 good, 1 refused, 2 usage.");
  command->callback([options, &exit_code] { exit_code = Check(*options); });
}

}  // namespace scoregate::cli
