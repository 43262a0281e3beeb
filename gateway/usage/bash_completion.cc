// The completion of a program for bash.
#include <algorithm>
#include <iterator>
#include <string_view>

#include "gateway/usage/command_tree.h"
#include "gateway/usage/pages.h"

namespace scoregate::usage {
namespace {

// bash hands over `--flag=value` and `--flag name=value` in several words, the "=" as one of its
// own; `flag` is the flag whose value is being typed.
constexpr std::string_view kBefore = R"(_PROGRAM() {
  local cur=${COMP_WORDS[COMP_CWORD]} command= flag= before= word words= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == = ]]; then
      flag=${flag:-$before}
    elif [[ -n $flag ]]; then
      before=$flag flag=
    else
      before=
      case "$command $word" in
)";
constexpr std::string_view kBetween = R"(      esac
    fi
  done
  if [[ $cur == = ]]; then
    cur= flag=${flag:-$before}
  fi
  if [[ -n $flag ]]; then
    case "$command $flag" in
)";
constexpr std::string_view kFlags = R"(    esac
  elif [[ $cur == -* ]]; then
    case "$command" in
)";
constexpr std::string_view kOthers = R"(    esac
  else
    case "$command" in
)";
constexpr std::string_view kAfter = R"(    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _PROGRAM PROGRAM
)";

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// The lines of the script's `case`s, one list for each of them. What is further down the tree
// stands first: its flags go before those of the commands above that have the same name.
struct Cases {
  std::string steps;
  std::string values;
  std::string flags;
  std::string others;
};

// The patterns of `case` for the commands that take the flags of the command `typed`, each followed
// by `rest`: itself, and those below where they hand on what they do not know.
std::string Takers(CLI::App& command, const std::string& typed, const std::string& rest) {
  const bool handed_on = std::ranges::any_of(
      Commands(command), [](CLI::App* below) { return below->get_fallthrough(); });
  const std::string tail = rest.empty() ? "" : "'" + rest + "'";
  if (typed.empty() && handed_on) return "*" + tail;
  const std::string itself = "'" + typed + rest + "'";
  return handed_on ? itself + " | '" + typed + " '*" + tail : itself;
}

void AddFlag(CLI::App& command, const std::string& typed, CLI::Option& option, Cases& cases) {
  if (!TakesValue(option)) return;
  for (const std::string& name : Names(option)) {
    const std::string pattern = Takers(command, typed, " " + name);
    cases.steps += "        " + pattern + ") flag=$word ;;\n";
    const std::vector<std::string> choices = Choices(option);
    if (!choices.empty()) {
      cases.values += "      " + pattern + ") words='" + Joined(choices) + "' ;;\n";
    } else if (TakesFile(option)) {
      cases.values += "      " + pattern + ") compopt -o default; return ;;\n";
    }
  }
}

void AddCommand(CLI::App& command, const std::string& typed, const About& about, Cases& cases) {
  std::vector<std::string> others;
  if (typed == about.command) others = about.values;
  for (CLI::App* below : Commands(command)) {
    const std::string& name = below->get_name();
    others.push_back(name);
    std::string next = typed;
    next.append(typed.empty() ? "" : " ").append(name);
    cases.steps.append("        '").append(typed).append(" ").append(name);
    cases.steps.append("') command='").append(next).append("' ;;\n");
    AddCommand(*below, next, about, cases);
  }
  if (!others.empty()) {
    cases.others.append("      '").append(typed);
    cases.others.append("') words='").append(Joined(others)).append("' ;;\n");
  }
  std::vector<std::string> names;
  for (CLI::Option* option : Flags(command)) {
    AddFlag(command, typed, *option, cases);
    std::ranges::move(Names(*option), std::back_inserter(names));
  }
  cases.flags += "      " + Takers(command, typed, "") + ") words+=' " + Joined(names) + "' ;;&\n";
}

}  // namespace

std::string BashCompletion(CLI::App& app, const About& about) {
  Cases cases;
  AddCommand(app, "", about, cases);
  std::string script = "# Completes " + app.get_name() + " in bash; written by `" + app.get_name() +
                       " --bash-completion`.\n";
  for (std::string_view part :
       {kBefore, std::string_view(cases.steps), kBetween, std::string_view(cases.values), kFlags,
        std::string_view(cases.flags), kOthers, std::string_view(cases.others), kAfter}) {
    script += part;
  }
  constexpr std::string_view kName = "PROGRAM";
  for (std::size_t at = script.find(kName); at != script.npos; at = script.find(kName, at)) {
    script.replace(at, kName.size(), app.get_name());
  }
  return script;
}

}  // namespace scoregate::usage
