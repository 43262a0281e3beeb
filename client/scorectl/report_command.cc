// scorectl report: a call that failed before, by the request id that its caller was given.
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

#include "client/scorectl/commands.h"
#include "client/scorectl/print.h"
#include "client/scorectl/session.h"

namespace scoregate::scorectl {
namespace {

struct ReportOptions {
  std::string request_id;
  bool json = false;
};

// The upstream wrote it: no byte of it may steer a terminal.
std::string Harmless(std::string text) {
  std::ranges::replace_if(
      text, [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F; }, '?');
  return text;
}

void PrintKept(const scoring::v1::ErrorReport& report) {
  std::cout << google::protobuf::util::TimeUtil::ToString(report.time()) << "  " << report.method();
  if (!report.endpoint().empty()) std::cout << "  endpoint " << report.endpoint();
  std::cout << '\n' << PrintReport(client::ReadError(report.status()));
  if (report.body().empty()) return;
  std::cout << "\nThe upstream's answer" << (report.body_cut() ? ", cut" : "") << ":\n"
            << Harmless(report.body()) << '\n';
}

// A listener that other machines reach gives no reports; the id has not even been looked for.
int ReportRefused(const std::string& request_id, const Globals& globals) {
  std::cerr << "no reports here: other machines can reach the listener at " << globals.address
            << ", so it gives none, whoever asks.\n"
               "  Ask over a loopback or unix listener of the same gateway:\n"
               "    scorectl --address 127.0.0.1:PORT report "
            << Harmless(request_id)
            << "\n"
               "  If it has none, add one to `listeners`, or set errors: "
               "{allow_remote_error_reports: true}.\n";
  return kExitCallFailed + static_cast<int>(grpc::StatusCode::NOT_FOUND);
}

// The Status blames the request, as its closed set of reasons has it; here it is one word that is
// not known, and what matters is where else to look.
int ReportUnknown(const std::string& request_id, const client::ScoreError& error,
                  const Globals& globals) {
  std::cerr << "not found: request id '" << Harmless(request_id) << "' at " << globals.address
            << "\n  " << Harmless(error.message)
            << ".\n  Another replica keeps its own (--address).\n"
               "  The id is the `request id` of the failed call's report, RequestInfo.request_id.\n"
               "  To see what an HTTP answer becomes without it: scoregate translate --status N "
               "--body FILE\n";
  return kExitCallFailed + static_cast<int>(grpc::StatusCode::NOT_FOUND);
}

bool IsRefused(const client::ScoreError& error) {
  return error.upstream && error.upstream->rule() == "gateway:access_refused";
}

int Report(const ReportOptions& options, const Globals& globals) {
  auto outcome = Connect(globals).GetErrorReport(options.request_id);
  if (!outcome.ok()) {
    const client::ScoreError& error = outcome.error();
    if (error.code == grpc::StatusCode::NOT_FOUND && !options.json) {
      return IsRefused(error) ? ReportRefused(options.request_id, globals)
                              : ReportUnknown(options.request_id, error, globals);
    }
    return ReportFailure(error, globals, options.json ? ReportAs::kJson : ReportAs::kText);
  }
  if (options.json) {
    std::cout << PrintJson(outcome.value());
  } else {
    PrintKept(outcome.value());
  }
  return 0;
}

}  // namespace

void AddReport(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command =
      app.add_subcommand("report", "Show a recent failed call again, and what the upstream said");
  command
      ->add_option("request_id", options->request_id,
                   "The `request id` of the failed call's report, RequestInfo.request_id")
      ->required();
  command->add_flag("--json", options->json, "Print JSON");
  command->footer("Example:\n  scorectl report 4d4ed47ae5ad6f5bc368552efc321566");
  command->callback([options, &globals] { globals.exit_code = Report(*options, globals); });
}

}  // namespace scoregate::scorectl
