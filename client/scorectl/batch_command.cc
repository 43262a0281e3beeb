// scorectl batch: submits jobs, waits for them, shows where their outputs lie.
#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <memory>
#include <vector>

#include "client/scorectl/assignments.h"
#include "client/scorectl/commands.h"
#include "client/scorectl/print.h"
#include "client/scorectl/progress_line.h"
#include "client/scorectl/session.h"
#include "client/scorectl/text_table.h"
#include "client/scorectl/utf8.h"
#include "gateway/usage/named_file.h"

namespace scoregate::scorectl {
namespace {

using google::longrunning::Operation;
using scoring::v1::BatchJob;
using scoring::v1::BlobLocation;

struct BatchOptions {
  std::string endpoint;
  std::string name;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<std::string> parameters;
  std::string connection;
  std::string job;
  std::string longest = "10m";
  bool json = false;
  bool wait = false;
};

ReportAs How(const BatchOptions& options) {
  return options.json ? ReportAs::kJson : ReportAs::kText;
}

BatchJob JobOf(const Operation& operation) {
  BatchJob job;
  operation.metadata().UnpackTo(&job);
  return job;
}

// Where an output can be fetched: what the service gave, put together.
std::string Address(const BlobLocation& location) {
  return location.base_location() + location.relative_location() + location.sas_blob_token();
}

void PrintJob(const Operation& operation) {
  const BatchJob job = JobOf(operation);
  std::cout << operation.name() << "  " << BatchJob::State_Name(job.state()) << '\n';
  if (!job.details().empty() && !operation.has_error()) std::cout << job.details() << '\n';
  scoring::v1::BatchJobResult result;
  if (!operation.has_response() || !operation.response().UnpackTo(&result)) return;
  for (const auto& [name, location] : result.outputs()) {
    std::cout << "  " << name << "  " << Address(location) << '\n';
  }
}

// Prints the job; a failed one's report goes where a failed call's goes.
int Show(const Operation& operation, const BatchOptions& options, const Globals& globals) {
  if (options.json) {
    std::cout << PrintJson(operation);
  } else {
    PrintJob(operation);
  }
  std::optional<client::ScoreError> error = client::ErrorOf(operation);
  if (!error) return 0;
  if (options.json) return kExitCallFailed + static_cast<int>(error->code);
  return ReportFailure(*error, globals, ReportAs::kText);
}

int ShowOutcome(const client::Outcome<Operation>& outcome, const BatchOptions& options,
                const Globals& globals) {
  if (!outcome.ok()) return ReportFailure(outcome.error(), globals, How(options));
  return Show(outcome.value(), options, globals);
}

BlobLocation LocationOf(const std::string& path, const std::string& connection) {
  BlobLocation location;
  location.set_connection_string(connection);
  location.set_relative_location(path);
  return location;
}

std::string ConnectionOf(const BatchOptions& options) {
  if (options.connection.empty()) return "";
  std::string connection = usage::ReadFileOrInput("--connection", options.connection);
  while (connection.ends_with('\n') || connection.ends_with('\r')) connection.pop_back();
  if (IsUtf8(connection)) return connection;
  throw CLI::ValidationError("--connection",
                             "'" + options.connection + "' is not UTF-8; save it as UTF-8");
}

scoring::v1::CreateBatchJobRequest RequestOf(const BatchOptions& options) {
  scoring::v1::CreateBatchJobRequest request;
  if (!options.job.empty()) {
    const std::string json = usage::ReadFileOrInput("--job", options.job);
    auto read = google::protobuf::util::JsonStringToMessage(json, &request);
    if (!read.ok()) {
      throw CLI::ValidationError("--job", "'" + options.job + "' is no job: " + read.ToString());
    }
  }
  request.set_endpoint(options.endpoint);
  const std::string connection = ConnectionOf(options);
  if (connection.empty() && !(options.inputs.empty() && options.outputs.empty())) {
    throw CLI::ValidationError("--connection", "--input and --output need --connection FILE");
  }
  for (const auto& [name, path] : ReadAssignments("--input", options.inputs)) {
    (*request.mutable_inputs())[name] = LocationOf(path, connection);
  }
  for (const auto& [name, path] : ReadAssignments("--output", options.outputs)) {
    (*request.mutable_outputs())[name] = LocationOf(path, connection);
  }
  for (const auto& [name, value] : ReadParameters(options.parameters)) {
    (*request.mutable_global_parameters())[name] = value;
  }
  return request;
}

std::string WaitOn(const std::string& name) {
  return "wait on with: scorectl batch wait " + name + '\n';
}

int Wait(client::BatchClient& client, const std::string& name, const BatchOptions& options,
         const Globals& globals) {
  const auto waited = client.Wait(name, ParseDuration("--longest", options.longest));
  Terminal().Clear();
  const int code = ShowOutcome(waited, options, globals);
  if (waited.ok() && !waited.value().done()) {
    std::cerr << "still " << BatchJob::State_Name(JobOf(waited.value()).state()) << " after "
              << options.longest << "; " << WaitOn(name);
    return kExitNotDone;
  }
  if (!waited.ok() && waited.error().code == grpc::StatusCode::UNAVAILABLE) {
    std::cerr << "the job goes on without the gateway; " << WaitOn(name);
  }
  return code;
}

int Submit(const BatchOptions& options, const Globals& globals) {
  // A slip in it is to be told before the job is under way.
  if (options.wait) ParseDuration("--longest", options.longest);
  client::BatchClient client = ConnectBatch(globals);
  auto submitted = client.Create(RequestOf(options));
  if (!submitted.ok()) {
    int code = ReportFailure(submitted.error(), globals, How(options));
    auto left = submitted.error().metadata.find("operation");
    if (left != submitted.error().metadata.end() && !options.json) {
      std::cerr << "The job was submitted and not started. Start it with:\n  scorectl batch start "
                << left->second << '\n';
    }
    return code;
  }
  if (!options.wait) {
    std::cerr << "wait for it with: scorectl batch wait " << submitted.value().name() << '\n';
    return Show(submitted.value(), options, globals);
  }
  const std::string& name = submitted.value().name();
  std::cerr << "submitted " << name << ", waiting\n";
  return Wait(client, name, options, globals);
}

int List(const BatchOptions& options, const Globals& globals) {
  client::BatchClient client = ConnectBatch(globals);
  TextTable table({"OPERATION", "LAST SEEN"});
  bool any = false;
  std::string token;
  do {
    auto page = client.List(token);
    if (!page.ok()) return ReportFailure(page.error(), globals, How(options));
    for (const Operation& operation : page.value().operations()) {
      any = true;
      if (options.json) std::cout << PrintJson(operation);
      table.AddRow({operation.name(), BatchJob::State_Name(JobOf(operation).state())});
    }
    token = page.value().next_page_token();
  } while (!token.empty());
  if (options.json) return 0;
  if (any) std::cout << table.Text();
  std::cout.flush();
  std::cerr << (any ? "" : "No jobs. ")
            << "The list has what this gateway has seen since it was started, as it saw it last; "
               "ask the endpoint itself with: scorectl batch get NAME\n";
  return 0;
}

// For calls that give nothing back: what was done, and what to type to see it.
int Tell(const client::Outcome<google::protobuf::Empty>& outcome, const BatchOptions& options,
         const Globals& globals, const char* done) {
  if (!outcome.ok()) return ReportFailure(outcome.error(), globals, How(options));
  std::cerr << done << "; see it with: scorectl batch get " << options.name << '\n';
  return 0;
}

using Options = std::shared_ptr<BatchOptions>;

void AddSubmit(CLI::App& batch, const Options& options, Globals& globals) {
  CLI::App* command = batch.add_subcommand("submit", "Submit a job and start it");
  command->add_option("endpoint", options->endpoint, "The endpoint's name")->required();
  command->add_option("--input", options->inputs, "NAME=CONTAINER/PATH: where an input lies")
      ->allow_extra_args(false);
  command->add_option("--output", options->outputs, "NAME=CONTAINER/PATH.csv: where an output goes")
      ->allow_extra_args(false);
  command->add_option("--connection", options->connection,
                      "FILE with the storage account's connection string (- for standard input)");
  command
      ->add_option("--parameter", options->parameters,
                   "NAME=VALUE: a global parameter; VALUE as JSON, or text")
      ->allow_extra_args(false);
  command->add_option("--job", options->job,
                      "FILE: the whole scoring.v1.CreateBatchJobRequest as JSON, for locations "
                      "with SAS tokens");
  command->add_flag("--wait", options->wait, "Wait until the job is done");
  command
      ->add_option("--longest", options->longest,
                   "How long --wait waits; 4 is the exit code after it")
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  scorectl batch submit churn --connection storage.txt --input input1=data/in.csv \\\n"
      "      --output output1=data/out.csv --wait\n"
      "  scorectl batch submit churn --job job.json");
  command->callback([options, &globals] { globals.exit_code = Submit(*options, globals); });
}

// A subcommand that takes the operation's name.
CLI::App* AddNamed(CLI::App& batch, const std::string& verb, const std::string& description,
                   const Options& options) {
  CLI::App* command = batch.add_subcommand(verb, description);
  command->add_option("name", options->name, "operations/ENDPOINT/JOB, as submit prints it")
      ->required();
  command->footer("Example:\n  scorectl batch " + verb + " operations/churn/0123456789abcdef");
  return command;
}

}  // namespace

void AddBatch(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<BatchOptions>();
  CLI::App* batch = app.add_subcommand("batch", "Submit batch jobs, wait for them, cancel them");
  batch->add_flag("--json", options->json, "Print JSON");
  batch->require_subcommand(1);
  batch->fallthrough();
  batch->footer(
      "Examples:\n"
      "  scorectl batch submit churn --job job.json\n"
      "  scorectl batch wait operations/churn/0123456789abcdef\n\n"
      "Exit: 0 done, 2 usage, 4 not done after --longest, 64 + gRPC code for a failed call or "
      "job.");
  AddSubmit(*batch, options, globals);
  AddNamed(*batch, "start", "Start a job whose start failed", options)
      ->callback([options, &globals] {
        globals.exit_code =
            ShowOutcome(ConnectBatch(globals).Start(options->name), *options, globals);
      });
  AddNamed(*batch, "get", "Show a job", options)->callback([options, &globals] {
    globals.exit_code = ShowOutcome(ConnectBatch(globals).Get(options->name), *options, globals);
  });
  CLI::App* wait = AddNamed(*batch, "wait", "Wait until a job is done", options);
  wait->add_option("--longest", options->longest,
                   "How long to wait at most; 4 is the exit code after it")
      ->capture_default_str();
  wait->callback([options, &globals] {
    client::BatchClient client = ConnectBatch(globals);
    globals.exit_code = Wait(client, options->name, *options, globals);
  });
  AddNamed(*batch, "cancel", "Cancel a job", options)->callback([options, &globals] {
    globals.exit_code =
        Tell(ConnectBatch(globals).Cancel(options->name), *options, globals, "asked to cancel it");
  });
  AddNamed(*batch, "delete", "Take a job off the gateway's list", options)
      ->callback([options, &globals] {
        globals.exit_code = Tell(ConnectBatch(globals).Delete(options->name), *options, globals,
                                 "taken off the list; the job itself stays");
      });
  CLI::App* list = batch->add_subcommand("list", "List the jobs that this gateway has seen");
  list->footer("Example:\n  scorectl batch list");
  list->callback([options, &globals] { globals.exit_code = List(*options, globals); });
}

}  // namespace scoregate::scorectl
