#include "gateway/usage/command_tree.h"

#include <algorithm>
#include <string_view>

namespace scoregate::usage {
namespace {

// The checks of an option; CLI11 gives them by number and throws behind the last.
std::vector<CLI::Validator*> Checks(CLI::Option& option) {
  std::vector<CLI::Validator*> checks;
  try {
    for (int i = 0;; ++i) checks.push_back(option.get_validator(i));
  } catch (const CLI::OptionNotFound&) {
    return checks;
  }
}

bool Passes(const std::vector<CLI::Validator*>& checks, std::string word) {
  return std::ranges::all_of(checks, [&](CLI::Validator* check) { return (*check)(word).empty(); });
}

bool IsNumber(std::string_view word) {
  return word.find_first_not_of("0123456789.") == word.npos;
}

std::vector<std::string> Words(std::string_view text) {
  constexpr std::string_view kOfWords =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  std::vector<std::string> words;
  while (true) {
    text.remove_prefix(std::min(text.find_first_of(kOfWords), text.size()));
    if (text.empty()) return words;
    const std::size_t end = std::min(text.find_first_not_of(kOfWords), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace

std::vector<CLI::App*> Commands(CLI::App& command) {
  return command.get_subcommands([](CLI::App* below) { return !below->get_group().empty(); });
}

std::vector<CLI::Option*> Flags(CLI::App& command) {
  return command.get_options([](CLI::Option* option) {
    return !option->get_positional() && !option->get_group().empty();
  });
}

std::vector<CLI::Option*> Positionals(CLI::App& command) {
  return command.get_options([](CLI::Option* option) { return option->get_positional(); });
}

bool TakesValue(const CLI::Option& option) {
  return option.get_items_expected_max() > 0;
}

bool TakesFile(const CLI::Option& option) {
  return option.get_type_name() == "FILE" ||
         option.get_description().find("FILE") != std::string::npos;
}

std::vector<std::string> Choices(CLI::Option& option) {
  const std::vector<CLI::Validator*> checks = Checks(option);
  if (!TakesValue(option) || Passes(checks, "?")) return {};
  std::vector<std::string> words = Words(option.get_description());
  words.push_back(option.get_default_str());
  std::vector<std::string> choices;
  for (const std::string& word : words) {
    const bool known = std::ranges::find(choices, word) != choices.end();
    if (!known && !IsNumber(word) && Passes(checks, word)) choices.push_back(word);
  }
  return choices;
}

std::vector<std::string> Names(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

}  // namespace scoregate::usage
