// scorectl endpoints, scorectl reasons: what the gateway knows, as tables.
#include <iostream>
#include <memory>
#include <vector>

#include "client/scorectl/commands.h"
#include "client/scorectl/print.h"
#include "client/scorectl/session.h"
#include "client/scorectl/text_table.h"

namespace scoregate::scorectl {
namespace {

struct ListOptions {
  std::string name;
  bool json = false;
};

ReportAs How(const ListOptions& options) {
  return options.json ? ReportAs::kJson : ReportAs::kText;
}

void PrintEndpoints(const std::vector<scoring::v1::Endpoint>& endpoints) {
  TextTable table({"NAME", "DIALECT", "HEALTH", "HOST"});
  for (const scoring::v1::Endpoint& endpoint : endpoints) {
    table.AddRow({endpoint.name(), scoring::v1::Endpoint::Dialect_Name(endpoint.dialect()),
                  scoring::v1::Endpoint::Health_Name(endpoint.health()), endpoint.host()});
  }
  std::cout << table.Text();
}

// What the upstream publishes of its inputs or outputs.
void PrintPorts(const char* what,
                const google::protobuf::RepeatedPtrField<scoring::v1::Port>& ports) {
  for (const scoring::v1::Port& port : ports) {
    std::cout << '\n' << what << ' ' << port.name() << '\n';
    TextTable table({"COLUMN", "TYPE"});
    for (const scoring::v1::PortColumn& column : port.columns()) {
      table.AddRow({column.name(), scoring::v1::PortColumn::Type_Name(column.type())});
    }
    std::cout << table.Text();
  }
}

int Endpoints(const ListOptions& options, const Globals& globals) {
  client::ScoringClient client = Connect(globals);
  if (!options.name.empty()) {
    auto outcome = client.GetEndpoint(options.name);
    if (!outcome.ok()) return ReportFailure(outcome.error(), globals, How(options));
    if (options.json) {
      std::cout << PrintJson(outcome.value());
    } else {
      PrintEndpoints({outcome.value()});
      PrintPorts("input", outcome.value().inputs());
      PrintPorts("output", outcome.value().outputs());
    }
    return 0;
  }
  auto outcome = client.ListEndpoints();
  if (!outcome.ok()) return ReportFailure(outcome.error(), globals, How(options));
  if (options.json) {
    std::cout << PrintJson(outcome.value());
  } else {
    const auto& endpoints = outcome.value().endpoints();
    PrintEndpoints({endpoints.begin(), endpoints.end()});
  }
  return 0;
}

int Reasons(const ListOptions& options, const Globals& globals) {
  auto outcome = Connect(globals).ListReasons(globals.locale);
  if (!outcome.ok()) return ReportFailure(outcome.error(), globals, How(options));
  if (options.json) {
    std::cout << PrintJson(outcome.value());
    return 0;
  }
  TextTable table({"REASON", "CODE", "RETRY", "FAULT", "HTTP", "CLASS", "UPSTREAM CODE"});
  for (const scoring::v1::Reason& reason : outcome.value().reasons()) {
    table.AddRow({reason.reason(), google::rpc::Code_Name(reason.code()),
                  reason.retryable() ? "yes" : "no", reason.fault_domain(),
                  std::to_string(reason.http_status()), reason.error_class(), reason.error_code()});
  }
  std::cout << table.Text();
  return 0;
}

}  // namespace

void AddEndpoints(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand("endpoints", "List the endpoints that the gateway knows");
  command->add_option("name", options->name, "Only this one");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer("Examples:\n  scorectl endpoints\n  scorectl endpoints churn --json");
  command->callback([options, &globals] { globals.exit_code = Endpoints(*options, globals); });
}

void AddReasons(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command =
      app.add_subcommand("reasons", "List every documented error and what it becomes");
  command->add_flag("--json", options->json, "Print JSON, with texts and details");
  command->footer("Examples:\n  scorectl reasons\n  scorectl --locale ko-KR reasons --json");
  command->callback([options, &globals] { globals.exit_code = Reasons(*options, globals); });
}

}  // namespace scoregate::scorectl
