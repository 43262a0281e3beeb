// scoregate serve: reads the configuration, opens the listeners, serves until it is told to end.
#include <iostream>
#include <memory>
#include <utility>

#include "gateway/cli/commands.h"
#include "gateway/cli/configuration/configuration.h"
#include "gateway/cli/running/until_signal.h"
#include "gateway/server/gateway.h"

namespace scoregate::cli {
namespace {

int Serve(const ConfigurationOptions& options) {
  BlockSignals();
  config::Loaded loaded = LoadConfiguration(options);
  std::cerr << config::FormatText(loaded.findings);
  if (!loaded.configuration) return kExitRefused;
  std::size_t wanted = loaded.configuration->gateway.callers.max_connections;
  server::Gateway gateway(*std::move(loaded.configuration), [](const std::string& line) {
    std::cerr << "scoregate: " + line + '\n';
  });
  if (auto error = gateway.Open()) {
    std::cerr << "scoregate: " << *error << '\n';
    return kExitRefused;
  }
  if (gateway.max_connections() < wanted) {
    std::cerr << "scoregate: the system's limit of open files (ulimit -n) has room for "
              << gateway.max_connections() << " connections of callers, not for "
              << "callers.max_connections: " << wanted << '\n';
  }
  gateway.Start();
  for (const std::string& address : gateway.addresses()) {
    std::cerr << "scoregate: listening on " << address << '\n';
  }
  WaitForEnd([&gateway] {
    std::cerr << "scoregate: SIGHUP: reading the listeners' certificates again; token files are "
                 "read again when they change; for all else, restart\n";
    gateway.ReloadCertificates();
  });
  std::cerr << "scoregate: draining\n";
  bool finished = gateway.Drain();
  std::cerr << (finished ? "scoregate: done\n"
                         : "scoregate: done; some calls outlasted server.drain_timeout\n");
  return kExitGood;
}

}  // namespace

void AddServe(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ConfigurationOptions>();
  CLI::App* command = app.add_subcommand("serve", "Run the gateway");
  AddConfigurationOptions(*command, *options);
  command->footer(
      "Example of a configuration:\n"
      "  listeners:\n"
      "  - address: 127.0.0.1:50051\n"
      "  endpoints:\n"
      "  - name: churn\n"
      "    dialect: CLASSIC\n"
      "    url: https://REGION.services.azureml.net/workspaces/WS/services/EP\n"
      "    api_key: {file: /run/secrets/churn-key}\n\n"
      "SIGTERM lets calls in flight finish. Certificates and token files that change are taken "
      "over while it serves; all else takes a restart.\n"
      "`scoregate check` says what is wrong with a file.");
  command->callback([options, &exit_code] { exit_code = Serve(*options); });
}

}  // namespace scoregate::cli
