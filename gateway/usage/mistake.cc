#include "gateway/usage/mistake.h"

#include <cstddef>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/nearest/nearest.h"

namespace scoregate::usage {
namespace {

std::vector<std::string_view> CommandNames(const CLI::App& app) {
  std::vector<std::string_view> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// The flags that the last command of the chain takes: its own, and those of commands above it
// where it hands on what it does not know.
std::vector<std::string> FlagNames(std::span<const CLI::App* const> chain) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (i + 1 < chain.size() && !chain[i + 1]->get_fallthrough()) continue;
    for (const CLI::Option* option : chain[i]->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

// The program and the commands that were understood, outermost first.
std::vector<const CLI::App*> Chain(const CLI::App& app) {
  std::vector<const CLI::App*> chain = {&app};
  for (auto chosen = app.get_subcommands(); !chosen.empty();
       chosen = chosen.front()->get_subcommands()) {
    chain.push_back(chosen.front());
  }
  return chain;
}

// What stands where a command was expected: the first word that was not understood. Nothing where
// that is a flag: then it is the flag that is wrong.
std::string MistypedCommand(const CLI::App& innermost, const std::vector<std::string>& remaining) {
  if (innermost.get_require_subcommand_min() == 0 || remaining.empty()) return "";
  return remaining.front().starts_with('-') ? "" : remaining.front();
}

void SuggestCommand(const CLI::App& command, std::string_view typed, std::string_view word) {
  std::vector<std::string_view> known = CommandNames(command);
  if (!word.empty()) {
    std::cerr << typed << ": no command '" << word << "'";
    for (std::string_view near : nearest::NearestNames(word, known, 1)) {
      std::cerr << "; did you mean: " << typed << ' ' << near;
    }
    std::cerr << '\n';
  }
  std::cerr << "The commands are:";
  for (std::string_view name : known) std::cerr << ' ' << name;
  std::cerr << '\n';
}

// The one flag that the command cannot do without and that is not there; empty where there is none,
// or more than one.
std::string MissingFlag(const CLI::App& command) {
  std::string missing;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_required() || option->count() > 0 || option->get_lnames().empty()) continue;
    if (!missing.empty()) return "";
    missing = "--" + option->get_lnames().front();
  }
  return missing;
}

// What the command does not know: flags, each with the nearest that it has, and other words. Of
// those one is most likely what `missing` is to name; true where it was said so.
bool SuggestFlags(std::span<const CLI::App* const> chain, std::string_view typed,
                  const std::string& missing) {
  bool told_of_missing = missing.empty();
  std::vector<std::string> names = FlagNames(chain);
  std::vector<std::string_view> known(names.begin(), names.end());
  bool value_of_unknown = false;
  for (const std::string& word : chain.front()->remaining(true)) {
    bool skip = value_of_unknown && !word.starts_with('-');
    value_of_unknown = word.starts_with("--") && word.find('=') == word.npos;
    if (skip) continue;
    std::cerr << typed << ": '" << word << "' was not expected";
    std::string_view flag = std::string_view(word).substr(0, word.find('='));
    bool is_flag = flag.starts_with("--");
    for (std::string_view near : nearest::NearestNames(flag, known, is_flag ? 1 : 0)) {
      std::cerr << "; did you mean: " << near;
    }
    if (!word.starts_with('-') && !told_of_missing) {
      std::cerr << "; did you mean: " << typed << ' ' << missing << ' ' << word;
      told_of_missing = true;
    }
    std::cerr << '\n';
  }
  return told_of_missing && !missing.empty();
}

// CLI11 puts the name of an option before its sentence, and that of a command as well.
std::string_view Sentence(std::string_view what, const std::string& command) {
  if (what.starts_with(command + ": ")) what.remove_prefix(command.size() + 2);
  return what;
}

}  // namespace

int ReportParseEnd(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    return app.exit(error) == 0 ? 0 : kExitUsage;
  }
  const std::vector<const CLI::App*> chain = Chain(app);
  std::string typed;
  for (const CLI::App* command : chain) typed += (typed.empty() ? "" : " ") + command->get_name();
  const CLI::App& innermost = *chain.back();
  const std::string mistyped = MistypedCommand(innermost, app.remaining(true));
  bool no_command = innermost.get_require_subcommand_min() > 0;
  const bool told = mistyped.empty() && SuggestFlags(chain, typed, MissingFlag(innermost));
  bool only_unknown = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
  if (!only_unknown && mistyped.empty() && !told) {
    std::cerr << typed << ": " << Sentence(error.what(), innermost.get_name()) << '\n';
  }
  if (no_command) SuggestCommand(innermost, typed, mistyped);
  std::cerr << "`" << typed << " --help` says what it takes, with examples.\n";
  return kExitUsage;
}

}  // namespace scoregate::usage
