// scorectl: makes scoring calls from a shell, and reports failed ones in full.
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "client/scorectl/commands.h"
#include "client/scorectl/utf8.h"
#include "gateway/usage/mistake.h"
#include "gateway/usage/pages.h"
#include "gateway/usage/standard_streams.h"

using scoregate::scorectl::Globals;

namespace {

void AddTlsOptions(CLI::App& app, Globals& globals) {
  app.add_flag("--tls", globals.tls, "Speak TLS; each of the following says so too")->group("TLS");
  auto add = [&](const char* flag, std::string& value, const char* help) {
    CLI::Option* option = app.add_option(flag, value, help)->group("TLS");
    if (std::string_view(flag).ends_with("-file")) option->type_name("FILE");
  };
  add("--ca-file", globals.ca_file, "PEM file of the authorities to trust; else the system's");
  add("--cert-file", globals.cert_file, "PEM file of your certificate, where the gateway asks");
  add("--key-file", globals.key_file, "PEM file of its private key");
  add("--server-name", globals.server_name,
      "The name in the gateway's certificate, where it is "
      "not the address's");
}

// The page about one command does not repeat the options of all; it says where they stand.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_footer(const CLI::App* app) const override {
    std::string footer = CLI::Formatter::make_footer(app);
    if (app->get_parent() == nullptr) return footer;
    return footer +
           "\nEvery command also takes --address, --timeout, --locale, --attempts, --metadata and "
           "TLS: "
           "`scorectl --help`.\n";
  }
};

int Run(int argc, char** argv) {
  // What gRPC logs by itself only repeats, in its own words, what the report says.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  Globals globals;
  CLI::App app("Makes scoring calls through a scoregate and reports failed ones in full.",
               "scorectl");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_version_flag("--version", "scorectl " SCOREGATE_VERSION);
  app.add_option("--address", globals.address, "The gateway: HOST:PORT or unix:PATH")
      ->envname("SCOREGATE_ADDRESS")
      ->capture_default_str();
  app.add_option("--timeout", globals.timeout,
                 "The longest one call may take: 500ms, 30s, 5m; of score --chunk, the "
                 "longest without any answer")
      ->capture_default_str();
  app.add_option("--locale", globals.locale, "Also explain errors in this language, such as ko-KR");
  app.add_option("--attempts", globals.attempts,
                 "How often one call is tried at most; 1 shows the first failure at once")
      ->check(CLI::Range(1, 5))
      ->capture_default_str();
  app.add_option("--metadata", globals.metadata,
                 "NAME=VALUE: send this with every call; the value of a NAME-bin in base64")
      ->allow_extra_args(false);
  AddTlsOptions(app, globals);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      "Examples:\n"
      "  scorectl endpoints\n"
      "  scorectl score churn --input input1=rows.csv\n"
      "  scorectl --address 127.0.0.1:50052 --locale ko-KR score churn --raw body.json\n"
      "  scorectl --address gateway.example:443 --tls endpoints\n"
      "  scorectl --address 10.0.0.5:50051 --ca-file ca.pem --server-name gateway.example \\\n"
      "           --cert-file me.pem --key-file me.key endpoints\n"
      "  scorectl --address unix:/run/scoregate.sock endpoints\n"
      "  scorectl --metadata azureml-model-deployment=blue score churn --input input1=rows.csv\n"
      "  scorectl --metadata x-scoregate-debug=1 score churn --input input1=rows.csv\n\n"
      "`scorectl COMMAND --help` says more about one command.\n\n"
      "Exit: 0 done, 2 usage, 3 standard output could not be written, 64 + gRPC code for a failed "
      "call.");
  scoregate::scorectl::AddScore(app, globals);
  scoregate::scorectl::AddBatch(app, globals);
  scoregate::scorectl::AddEndpoints(app, globals);
  scoregate::scorectl::AddReasons(app, globals);
  scoregate::scorectl::AddReport(app, globals);
  scoregate::scorectl::AddHealth(app, globals);
  scoregate::usage::AddPageFlags(app, {.see_also = "scoregate(1)", .command = {}, .values = {}});
  app.parse_complete_callback([&app] { scoregate::scorectl::RequireUtf8(app); });
  if (argc == 1) {
    std::cerr << app.help();
    return scoregate::scorectl::kExitUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return scoregate::usage::ReportParseEnd(app, error);
  }
  return globals.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  return scoregate::usage::RunMain("scorectl", Run, argc, argv);
}
