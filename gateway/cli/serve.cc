// scoregate serve: reads the configuration, opens the listeners, serves until it is told to end.
#include <iostream>
#include <memory>
#include <string>
#include <syncstream>
#include <utility>

#include "gateway/cli/commands.h"
#include "gateway/cli/configuration/configuration.h"
#include "gateway/cli/running/until_signal.h"
#include "gateway/server/gateway.h"

namespace scoregate::cli {
namespace {

// A line at a time, whichever thread tells it: while the gateway serves, its lanes do, too.
void Tell(const std::string& line) {
  std::osyncstream(std::cerr) << "scoregate: " + line + '\n' << std::flush;
}

int Serve(const ConfigurationOptions& options) {
  BlockSignals();
  config::Loaded loaded = LoadConfiguration(options);
  std::cerr << config::FormatText(loaded.findings);
  if (!loaded.configuration) return kExitRefused;
  std::size_t wanted = loaded.configuration->gateway.callers.max_connections;
  server::Gateway gateway(*std::move(loaded.configuration), Tell);
  if (auto error = gateway.Open()) {
    Tell(*error);
    return kExitRefused;
  }
  if (gateway.max_connections() < wanted) {
    Tell("the system's limit of open files (ulimit -n) has room for " +
         std::to_string(gateway.max_connections()) +
         " connections of callers, not for callers.max_connections: " + std::to_string(wanted));
  }
  gateway.Start();
  for (const std::string& address : gateway.addresses()) Tell("listening on " + address);
  WaitForEnd([&gateway] {
    Tell(
        "SIGHUP: reading the listeners' certificates again; token files are read again when they "
        "change; for all else, restart");
    gateway.ReloadCertificates();
  });
  Tell("draining");
  Tell(gateway.Drain() ? "done" : "done; some calls outlasted server.drain_timeout");
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
