// scorectl health: whether the gateway, its services and its endpoints can be used.
#include <grpcpp/client_context.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <vector>

#include "client/call_metadata.h"
#include "client/scorectl/commands.h"
#include "client/scorectl/print.h"
#include "client/scorectl/session.h"
#include "client/scorectl/text_table.h"
#include "gateway/usage/standard_streams.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace scoregate::scorectl {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using grpc::health::v1::HealthListResponse;

// What was asked for does not serve.
constexpr int kExitNotServing = 1;

struct HealthOptions {
  std::string name;
  bool watch = false;
  Format output = Format::kTable;
};

int ExitCode(HealthCheckResponse::ServingStatus status) {
  return status == HealthCheckResponse::SERVING ? 0 : kExitNotServing;
}

// The gateway's own name is empty, which no eye finds in a table.
std::string Shown(const std::string& name) {
  return name.empty() ? "(gateway)" : name;
}

void PrintStatus(const HealthOptions& options, const HealthCheckResponse& response) {
  const std::string& status = HealthCheckResponse::ServingStatus_Name(response.status());
  if (options.output == Format::kJson) {
    // The same shape as that of the whole list.
    HealthListResponse named;
    (*named.mutable_statuses())[options.name] = response;
    std::cout << PrintJson(named);
  } else {
    std::cout << Shown(options.name) << "  " << status << "\n";
  }
  std::cout.flush();
}

void PrintList(const HealthOptions& options, const HealthListResponse& response) {
  if (options.output == Format::kJson) {
    std::cout << PrintJson(response);
    return;
  }
  // protobuf's maps have no order.
  std::map<std::string, std::string> rows;
  for (const auto& [name, health] : response.statuses()) {
    rows[name] = HealthCheckResponse::ServingStatus_Name(health.status());
  }
  TextTable table({"NAME", "HEALTH"});
  for (const auto& [name, status] : rows) table.AddRow({Shown(name), status});
  std::cout << table.Text();
}

class HealthCommand {
 public:
  HealthCommand(const HealthOptions& options, const Globals& globals)
      : options_(options),
        globals_(globals),
        client_(OptionsOf(globals)),
        stub_(grpc::health::v1::Health::NewStub(client::MakeChannel(client_))) {
    request_.set_service(options.name);
  }

  int List() {
    grpc::ClientContext context;
    Prepare(context);
    HealthListResponse response;
    grpc::Status status = stub_->List(&context, {}, &response);
    if (!status.ok()) return Failed(status);
    PrintList(options_, response);
    auto gateway = response.statuses().find("");
    return gateway == response.statuses().end() ? kExitNotServing
                                                : ExitCode(gateway->second.status());
  }

  int Check() {
    grpc::ClientContext context;
    Prepare(context);
    HealthCheckResponse response;
    grpc::Status status = stub_->Check(&context, request_, &response);
    if (!status.ok()) return Failed(status);
    PrintStatus(options_, response);
    return ExitCode(response.status());
  }

  // Until it is interrupted or the server ends it; --timeout is not for this.
  int Watch() {
    grpc::ClientContext context;
    client::AddMetadata(client_, context);
    auto reader = stub_->Watch(&context, request_);
    HealthCheckResponse response;
    while (reader->Read(&response)) {
      PrintStatus(options_, response);
      if (std::cout.good()) continue;
      // Nobody would see what comes next; main says why.
      context.TryCancel();
      reader->Finish();
      return usage::kExitOutput;
    }
    grpc::Status status = reader->Finish();
    return status.ok() ? ExitCode(response.status()) : Failed(status);
  }

 private:
  void Prepare(grpc::ClientContext& context) const {
    context.set_deadline(std::chrono::system_clock::now() + client_.timeout);
    client::AddMetadata(client_, context);
  }
  int Failed(const grpc::Status& status) const {
    ReportAs as = options_.output == Format::kJson ? ReportAs::kJson : ReportAs::kText;
    return ReportFailure(client::ReadError(status), globals_, as);
  }

  const HealthOptions& options_;
  const Globals& globals_;
  client::ClientOptions client_;
  std::unique_ptr<grpc::health::v1::Health::Stub> stub_;
  HealthCheckRequest request_;
};

int Health(const HealthOptions& options, const Globals& globals) {
  HealthCommand command(options, globals);
  if (options.watch) return command.Watch();
  return options.name.empty() ? command.List() : command.Check();
}

}  // namespace

void AddHealth(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<HealthOptions>();
  CLI::App* command =
      app.add_subcommand("health", "Tell whether the gateway and its endpoints can be used");
  command->add_option("endpoint", options->name,
                      "Only this endpoint, or this service by its full name; without it, all");
  command->add_flag(
      "--watch", options->watch,
      "Stay, and print a line whenever it changes (without an endpoint: the gateway's "
      "own health)");
  static const std::map<std::string, Format> kFormats = {{"table", Format::kTable},
                                                         {"json", Format::kJson}};
  command->add_option("--output", options->output, "table (default) or json")
      ->transform(CLI::CheckedTransformer(kFormats, CLI::ignore_case).description(""))
      ->type_name("FORMAT");
  command->footer(
      "Examples:\n"
      "  scorectl health\n"
      "  scorectl health churn || echo 'churn is down'\n"
      "  scorectl health churn --watch --output json\n\n"
      "Exit: 0 SERVING (without an endpoint: the gateway itself), 1 not, 2 usage, 64 + gRPC code "
      "for "
      "a failed call (69: no such endpoint, 78: no gateway there).");
  command->callback([options, &globals] { globals.exit_code = Health(*options, globals); });
}

}  // namespace scoregate::scorectl
