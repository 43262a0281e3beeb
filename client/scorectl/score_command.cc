// scorectl score: rows from CSV files in, scored tables out; or any JSON through.
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "client/scorectl/assignments.h"
#include "client/scorectl/chunks/score_chunks.h"
#include "client/scorectl/commands.h"
#include "client/scorectl/csv/csv_table.h"
#include "client/scorectl/print.h"
#include "client/scorectl/report/row_count.h"
#include "client/scorectl/session.h"
#include "gateway/usage/named_file.h"

namespace scoregate::scorectl {
namespace {

struct ScoreOptions {
  std::string endpoint;
  std::vector<std::string> inputs;
  std::vector<std::string> parameters;
  std::string raw;
  std::size_t chunk = 0;
  bool number = false;
  std::string failed;
  // Nothing: a table, but for --chunk CSV.
  std::optional<Format> output;
};

Format OutputOf(const ScoreOptions& options) {
  return options.output.value_or(Format::kTable);
}

int Report(const client::ScoreError& error, const ScoreOptions& options, const Globals& globals) {
  return ReportFailure(error, globals,
                       OutputOf(options) == Format::kJson ? ReportAs::kJson : ReportAs::kText);
}

// Endpoint and parameters, without inputs.
scoring::v1::ScoreRequest RequestOf(const ScoreOptions& options) {
  scoring::v1::ScoreRequest request;
  request.set_endpoint(options.endpoint);
  *request.mutable_global_parameters() = ReadParameters(options.parameters);
  return request;
}

int ScoreInChunks(const ScoreOptions& options, const Globals& globals) {
  if (options.inputs.size() != 1) {
    throw CLI::ValidationError("--chunk", "it takes exactly one --input NAME=FILE");
  }
  const auto [name, path] = ReadAssignments("--input", options.inputs).front();
  if (options.output == Format::kTable) {
    throw CLI::ValidationError("--output",
                               "a table takes all rows at once; with --chunk write csv or json");
  }
  ChunkOptions chunks;
  chunks.request = RequestOf(options);
  chunks.input = name;
  chunks.path = path;
  chunks.rows = options.chunk;
  chunks.output = options.output.value_or(Format::kCsv);
  chunks.numbered = options.number;
  chunks.failed = options.failed;
  return ScoreChunks(chunks, globals);
}

int ScoreTables(const ScoreOptions& options, const Globals& globals) {
  scoring::v1::ScoreRequest request = RequestOf(options);
  for (const auto& [name, path] : ReadAssignments("--input", options.inputs)) {
    auto parsed = ParseCsv(usage::ReadFileOrInput("--input", path), path);
    if (parsed.index() == 1) throw CLI::ValidationError("--input", std::get<1>(parsed));
    (*request.mutable_inputs())[name] = std::move(std::get<0>(parsed));
  }
  auto outcome = Connect(globals).Score(request);
  if (!outcome.ok()) return Report(outcome.error(), options, globals);
  std::cout << PrintResponse(outcome.value(), OutputOf(options));
  std::cout.flush();
  std::cerr << RowCountWarning(request, outcome.value());
  return 0;
}

int ScoreRaw(const ScoreOptions& options, const Globals& globals) {
  scoring::v1::ScoreRawRequest request;
  request.set_endpoint(options.endpoint);
  request.mutable_body()->set_content_type("application/json");
  request.mutable_body()->set_data(usage::ReadFileOrInput("--raw", options.raw));
  auto outcome = Connect(globals).ScoreRaw(request);
  if (!outcome.ok()) return Report(outcome.error(), options, globals);
  std::cout << outcome.value().data();
  if (!outcome.value().data().ends_with('\n')) std::cout << '\n';
  return 0;
}

}  // namespace

void AddScore(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = app.add_subcommand("score", "Score rows of CSV files, or send a JSON body");
  command
      ->add_option("endpoint", options->endpoint, "The endpoint's name; see `scorectl endpoints`")
      ->required();
  command
      ->add_option("--input", options->inputs,
                   "NAME=FILE: a CSV file with a header row (- for standard input) as that input")
      ->allow_extra_args(false);
  command
      ->add_option("--parameter", options->parameters,
                   "NAME=VALUE: a global parameter; VALUE as JSON, or text")
      ->allow_extra_args(false);
  CLI::Option* raw = command->add_option("--raw", options->raw,
                                         "FILE: send this JSON as it is (- for standard input)");
  command
      ->add_option("--chunk", options->chunk,
                   "N: send tables of N rows over one call, for files of any length; prints csv "
                   "or json as the answers come")
      ->check(CLI::Range(1, 1'000'000));
  static const std::map<std::string, Format> kFormats = {
      {"table", Format::kTable}, {"csv", Format::kCsv}, {"json", Format::kJson}};
  command
      ->add_option_function<std::string>(
          "--output",
          [options](const std::string& format) { options->output = kFormats.at(format); },
          "table (default), csv (default of --chunk) or json")
      ->transform(CLI::IsMember({"table", "csv", "json"}, CLI::ignore_case).description(""))
      ->type_name("FORMAT");
  CLI::Option* chunk = command->get_option("--chunk");
  command
      ->add_flag("--number", options->number,
                 "With --chunk: a first column `row`, the row's number in the file, from 1")
      ->needs(chunk);
  command
      ->add_option("--failed", options->failed,
                   "FILE: with --chunk, the rows that were not scored, as CSV to be scored again")
      ->needs(chunk);
  command->get_option("--input")->excludes(raw);
  command->get_option("--parameter")->excludes(raw);
  command->get_option("--chunk")->excludes(raw);
  command->footer(
      "Examples:\n"
      "  scorectl score churn --input input1=rows.csv\n"
      "  scorectl score churn --input input1=rows.csv --parameter Threshold=0.4 --output csv\n"
      "  scorectl score churn --input input1=rows.csv --parameter 'Weights=[1,2]'\n"
      "  scorectl score churn --input input1=big.csv --chunk 1000 > scores.csv\n"
      "  scorectl score churn --input input1=big.csv --chunk 1000 --number --failed failed.csv\n"
      "  scorectl score churn --raw body.json\n\n"
      "With --chunk, the output has the rows that were scored, in the order of the file; --number "
      "says which. Those that failed are named at the end, counted in the file from 1 without its "
      "header, and lie in the file of --failed: mend them and score that. What no table can escape "
      "(a refused key, an unknown endpoint) ends the run, as do Ctrl-C and --timeout without any "
      "answer; what was written stays.\n\n"
      "Exit: 0 scored, 2 usage, 3 the output could not be written, 64 + gRPC code for a failed "
      "call "
      "(67: INVALID_ARGUMENT), with --chunk of the first that failed.");
  command->callback([options, &globals] {
    if (options->inputs.empty() && options->raw.empty()) {
      throw CLI::ValidationError("score", "nothing to score: give --input NAME=FILE or --raw FILE");
    }
    if (!options->raw.empty()) {
      globals.exit_code = ScoreRaw(*options, globals);
    } else if (options->chunk > 0) {
      globals.exit_code = ScoreInChunks(*options, globals);
    } else {
      globals.exit_code = ScoreTables(*options, globals);
    }
  });
}

}  // namespace scoregate::scorectl
