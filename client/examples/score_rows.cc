// Scores one flower and reacts to failures by what they mean. Run it against `scoregate demo
// --serve`:  score_rows 127.0.0.1:PORT
#include <exception>
#include <iostream>
#include <string>
#include <utility>

#include "client/scoring_client.h"

namespace {

int Run(int argc, char** argv) {
  scoregate::client::ClientOptions options;
  if (argc > 1) options.address = argv[1];
  scoregate::client::ScoringClient client(options);

  scoring::v1::ScoreRequest request;
  request.set_endpoint("iris");
  scoring::v1::Table& table = (*request.mutable_inputs())["input1"];
  const std::pair<const char*, double> cells[] = {
      {"sepal length", 5.1}, {"sepal width", 3.5}, {"petal length", 1.4}, {"petal width", 0.2}};
  for (const auto& [name, value] : cells) {
    scoring::v1::Column* column = table.add_columns();
    column->set_name(name);
    column->mutable_doubles()->add_values(value);
  }
  // Any second argument is raised as an error by the emulator.
  if (argc > 2) (*request.mutable_global_parameters())["raise"].set_string_value(argv[2]);

  auto outcome = client.Score(request);
  if (outcome.ok()) {
    for (const auto& [name, output] : outcome.value().outputs()) {
      for (const auto& column : output.columns()) {
        if (column.name() != "Scored Labels") continue;
        for (const std::string& label : column.strings().values()) std::cout << label << '\n';
      }
    }
    return 0;
  }
  const scoregate::client::ScoreError& error = outcome.error();
  for (const auto& violation : error.field_violations) {
    std::cout << "fix " << violation.field() << '\n';
  }
  if (error.retry_delay) {
    std::cout << "try again in " << error.retry_delay->count() << " ms\n";
  } else if (error.fault_domain() == "MODEL") {
    std::cout << "tell the model's author: " << error.message << '\n';
  }
  std::cout << error.reason << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
