// scoregate: gRPC scoring calls in, HTTP/JSON scoring calls out, errors translated.
#include <iostream>

#include "gateway/cli/commands.h"
#include "gateway/usage/mistake.h"
#include "gateway/usage/standard_streams.h"

namespace {

int Run(int argc, char** argv) {
  namespace cli = scoregate::cli;
  int exit_code = cli::kExitGood;
  CLI::App app("A gateway from gRPC to HTTP/JSON scoring endpoints that explains their errors.",
               "scoregate");
  app.set_version_flag("--version", "scoregate " SCOREGATE_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  scoregate demo\n"
      "  scoregate serve --config scoregate.yaml\n"
      "  scoregate explain ServiceUnavailable/RequestThrottled\n\n"
      "`scoregate COMMAND --help` says more about one command.\n\n"
      "Exit: 0 good, 1 refused, 2 usage, 3 standard output could not be written.");
  cli::AddServe(app, exit_code);
  cli::AddCheck(app, exit_code);
  cli::AddEmulator(app, exit_code);
  cli::AddDemo(app, exit_code);
  cli::AddTranslate(app, exit_code);
  cli::AddExplain(app, exit_code);
  cli::AddCatalogue(app, exit_code);
  cli::AddPages(app);
  if (argc == 1) {
    std::cerr << app.help();
    return cli::kExitUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return scoregate::usage::ReportParseEnd(app, error);
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  return scoregate::usage::RunMain("scoregate", Run, argc, argv);
}
