#include "gateway/cli/usage_mistake.h"

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cli/commands.h"
#include "gateway/nearest/nearest.h"

namespace scoregate::cli {
namespace {

std::vector<std::string_view> CommandNames(const CLI::App& app) {
  std::vector<std::string_view> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> FlagNames(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void SuggestCommand(const CLI::App& app, std::string_view word) {
  std::vector<std::string_view> known = CommandNames(app);
  std::cerr << app.get_name() << ": no command '" << word << "'";
  for (std::string_view near : nearest::NearestNames(word, known, 1)) {
    std::cerr << "; did you mean: " << app.get_name() << ' ' << near;
  }
  std::cerr << "\nThe commands are:";
  for (std::string_view name : known) std::cerr << ' ' << name;
  std::cerr << '\n';
}

// What the command does not know: flags, each with the nearest that it has, and other words.
void SuggestFlags(const CLI::App& command, std::string_view typed) {
  std::vector<std::string> names = FlagNames(command);
  std::vector<std::string_view> known(names.begin(), names.end());
  for (const std::string& word : command.remaining()) {
    std::cerr << typed << ": '" << word << "' was not expected";
    std::string_view flag = std::string_view(word).substr(0, word.find('='));
    bool is_flag = flag.starts_with("--");
    for (std::string_view near : nearest::NearestNames(flag, known, is_flag ? 1 : 0)) {
      std::cerr << "; did you mean: " << near;
    }
    std::cerr << '\n';
  }
}

}  // namespace

int ReportParseEnd(const CLI::App& app, const CLI::ParseError& error,
                   std::span<const char* const> words) {
  std::string typed = app.get_name();
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    return app.exit(error) == 0 ? kExitGood : kExitUsage;
  }
  std::vector<CLI::App*> chosen = app.get_subcommands();
  if (chosen.empty() && words.size() > 1 && words[1][0] != '-') {
    SuggestCommand(app, words[1]);
  } else {
    const CLI::App& command = chosen.empty() ? app : *chosen.front();
    if (!chosen.empty()) typed += " " + command.get_name();
    SuggestFlags(command, typed);
    bool only_unknown = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
    if (!only_unknown) std::cerr << typed << ": " << error.what() << '\n';
  }
  std::cerr << "`" << typed << " --help` says what it takes, with examples.\n";
  return kExitUsage;
}

}  // namespace scoregate::cli
