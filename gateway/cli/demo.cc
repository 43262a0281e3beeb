// scoregate demo: emulator, gateway and a client on free loopback ports; scores real rows, then
// shows errors from both sides.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "gateway/cli/commands.h"
#include "gateway/cli/running/demo_stage.h"
#include "gateway/cli/running/run_program.h"
#include "gateway/cli/running/until_signal.h"

namespace scoregate::cli {
namespace {

// One row at least of each of the 18 classes, and the ones with the most to show.
constexpr const char* kErrors[] = {
    "BadArgument/BlobNotFound",
    "BadArgument/InvalidInputNames",
    "BadUserArgument/InputParseError",
    "InvalidOperation/CannotStartJob",
    "LibraryExecutionError",
    "ModuleExecutionError",
    "WebServicePackageError/FormatError",
    "Unauthorized/ScoreRequestUnauthorized",
    "NotFound/WebServiceNotFound",
    "RequestTimeout/ScoreRequestTimeout",
    "Conflict/ModelOutputMetadataMismatch",
    "MemoryQuotaViolation/OutOfMemoryLimit",
    "InternalError/WorkerUnreachable",
    "InternalErrorSystemLowOnMemory",
    "ModelPackageFormatError",
    "WebServicePackageInternalError/ModuleError",
    "InitializingContainers",
    "ServiceUnavailable/RequestThrottled",
    "GatewayTimeout/BackendInitializationTimeout",
};

constexpr const char* kRows =
    "sepal length,sepal width,petal length,petal width\n"
    "5.1,3.5,1.4,0.2\n"
    "7.0,3.2,4.7,1.4\n"
    "6.3,3.3,6.0,2.5\n";

struct Paint {
  std::string bold;
  std::string dim;
  std::string off;
};

// Colors only for eyes: on a terminal, and where NO_COLOR does not forbid them.
Paint PaintFor(int file) {
  bool forbidden = std::getenv("NO_COLOR") != nullptr;
  if (forbidden || isatty(file) == 0) return {};
  return {"\x1b[1m", "\x1b[2m", "\x1b[0m"};
}

std::string Indented(const std::string& text) {
  std::string indented;
  bool at_start = true;
  for (char c : text) {
    if (at_start && c != '\n') indented += "    ";
    indented += c;
    at_start = c == '\n';
  }
  if (!at_start) indented += '\n';
  return indented;
}

// A CSV file that goes with the demo.
class RowsFile {
 public:
  RowsFile()
      : path_(std::filesystem::temp_directory_path() /
              ("iris-" + std::to_string(getpid()) + ".csv")) {
    std::ofstream(path_) << kRows;
  }
  ~RowsFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  RowsFile(const RowsFile&) = delete;
  RowsFile& operator=(const RowsFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

class Tour {
 public:
  explicit Tour(DemoStage& stage)
      : stage_(stage), paint_(PaintFor(STDOUT_FILENO)), scorectl_(ProgramBeside("scorectl")) {}

  // False where something did not go as it has to.
  bool Run() {
    std::cout << paint_.bold << "Three flowers scored over gRPC" << paint_.off << "\n\n";
    ProgramEnd scored = Call({});
    std::cout << Indented(scored.output) << '\n';
    bool good = scored.exit_code == 0;
    for (const char* error : kErrors) good = Show(error) && good;
    std::cout
        << "Every documented error, on one page each:  scoregate catalogue, scoregate explain "
           "CLASS/CODE\nBodies that no page documents:             scoregate emulator --list\n"
           "Keep both servers running:                 scoregate demo --serve\n";
    return good;
  }

 private:
  bool Show(const std::string& error) {
    constexpr int kExitCallFailed = 64;
    std::cout << paint_.bold << error << paint_.off << '\n';
    std::cout << paint_.dim << "  what the upstream answers" << paint_.off << '\n';
    std::cout << Indented(stage_.AnswerTo(error));
    std::cout << paint_.dim << "  what the caller gets" << paint_.off << '\n';
    ProgramEnd failed = Call({"--parameter", "raise=" + error});
    std::cout << Indented(failed.output) << std::endl;
    return failed.exit_code > kExitCallFailed;
  }

  ProgramEnd Call(std::vector<std::string> extra) {
    std::vector<std::string> command = {scorectl_,
                                        "--address",
                                        stage_.gateway_address(),
                                        "--attempts",
                                        "1",
                                        "--locale",
                                        "ko-KR",
                                        "score",
                                        "iris",
                                        "--input",
                                        "input1=" + rows_.path()};
    command.insert(command.end(), extra.begin(), extra.end());
    return RunProgram(command);
  }

  DemoStage& stage_;
  Paint paint_;
  std::string scorectl_;
  RowsFile rows_;
};

int Demo(bool keep_serving) {
  BlockSignals();
  DemoStage stage;
  if (auto error = stage.Start()) {
    std::cerr << "scoregate demo: " << *error << '\n';
    return kExitRefused;
  }
  std::cerr << "scoregate demo: upstream at http://" << stage.emulator_address() << ", gateway at "
            << stage.gateway_address() << '\n';
  if (!keep_serving) return Tour(stage).Run() ? kExitGood : kExitRefused;
  std::cerr << "  try: scorectl --address " << stage.gateway_address() << " endpoints\n"
            << "       printf 'sepal length,sepal width,petal length,petal "
               "width\\n5.1,3.5,1.4,0.2\\n' |\n"
            << "         scorectl --address " << stage.gateway_address()
            << " score iris --input input1=- \\\n"
            << "           --parameter raise=ServiceUnavailable/RequestThrottled\n"
            << "  end with Ctrl-C\n";
  WaitForEnd();
  return kExitGood;
}

}  // namespace

void AddDemo(CLI::App& app, int& exit_code) {
  auto keep_serving = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("demo", "Score rows and raise errors on this machine; shows both sides");
  command->add_flag("--serve", *keep_serving, "Leave emulator and gateway running instead");
  command->footer("Examples:\n  scoregate demo\n  scoregate demo --serve");
  command->callback([keep_serving, &exit_code] { exit_code = Demo(*keep_serving); });
}

}  // namespace scoregate::cli
