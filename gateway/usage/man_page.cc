// The manual page of a program, in the language of man(7).
#include <algorithm>
#include <cctype>
#include <string_view>

#include "gateway/usage/command_tree.h"
#include "gateway/usage/pages.h"

namespace scoregate::usage {
namespace {

// Flags and names stay in one piece: no hyphenation, and no lines that are spread to the margin.
constexpr char kSetting[] = ".nh\n.ad l\n";

// Text as troff prints it letter by letter: what is typed must come out as it is to be typed.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      default:
        escaped += c;
    }
  }
  // A line that begins so would be a request.
  return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string Bold(std::string_view text) {
  return "\\fB" + Escaped(text) + "\\fR";
}

std::string Italic(std::string_view text) {
  return "\\fI" + Escaped(text) + "\\fR";
}

// "TEXT"; and the range of a number, such as "[1 - 5]", which CLI11 puts behind a colon.
struct ValueType {
  std::string name;
  std::string range;
};

ValueType TypeOf(const CLI::Option& option) {
  std::string type = option.get_type_name();
  const std::size_t colon = type.find(':');
  if (colon == type.npos) return {type, ""};
  return {type.substr(0, colon), type.substr(std::min(type.find('[', colon), type.size()))};
}

std::string Excluded(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const CLI::Option* other : option.get_excludes()) names.push_back(other->get_name());
  std::ranges::sort(names);
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// One option: what is typed, and below it, indented, what it does.
std::string Entry(const CLI::Option& option) {
  std::string typed;
  for (const std::string& name : Names(option)) typed += (typed.empty() ? "" : ", ") + Bold(name);
  const ValueType type = TypeOf(option);
  if (option.get_positional()) typed = Italic(option.get_name(true));
  if (!option.get_positional() && TakesValue(option)) typed += " " + Italic(type.name);
  std::string text = option.get_description();
  if (TakesValue(option) && !type.range.empty()) text += " " + type.range;
  text += '.';
  auto add = [&](std::string_view what, const std::string& value) {
    if (!value.empty()) text += " " + std::string(what) + value + ".";
  };
  if (option.get_required()) text += " Required.";
  add("Default: ", option.get_default_str());
  add("Environment: ", option.get_envname());
  add("Not together with ", Excluded(option));
  return ".TP\n" + typed + "\n" + Escaped(text) + "\n";
}

// All options; of --help only the program's own entry tells.
std::string Entries(CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : Positionals(command)) text += Entry(*option);
  for (const CLI::Option* option : Flags(command)) {
    if (option != command.get_help_ptr() || command.get_parent() == nullptr) text += Entry(*option);
  }
  return text;
}

// Examples are indented and stay as they are; other lines are filled.
std::string Prose(std::string_view footer) {
  std::string text;
  bool as_is = false;
  while (!footer.empty()) {
    const std::size_t end = std::min(footer.find('\n'), footer.size());
    const std::string_view line = footer.substr(0, end);
    footer.remove_prefix(std::min(end + 1, footer.size()));
    const bool indented = line.starts_with(' ');
    if (as_is && !indented) text += ".EE\n";
    if (indented && !as_is) text += ".EX\n";
    as_is = indented;
    text += line.empty() ? std::string(".PP\n") : Escaped(line) + "\n";
  }
  return as_is ? text + ".EE\n" : text;
}

void AppendCommand(CLI::App& command, const std::string& above, std::string& page) {
  const std::string typed = above + " " + command.get_name();
  std::string usage = Bold(typed);
  for (const CLI::Option* option : Positionals(command)) {
    usage += " " + Italic(option->get_name(true));
  }
  const std::vector<CLI::App*> below = Commands(command);
  page += ".SS \"" + Escaped(typed) + "\"\n" + usage + " [" + Italic("OPTIONS") + "]" +
          (below.empty() ? "" : " " + Italic("COMMAND")) + "\n.PP\n" +
          Escaped(command.get_description()) + ".\n" + Entries(command) + ".PP\n" +
          Prose(command.get_footer());
  for (CLI::App* next : below) AppendCommand(*next, typed, page);
}

char LowerCase(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

std::string UpperCase(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string ManPage(CLI::App& app, const About& about) {
  const std::string name = app.get_name();
  std::string what = app.get_description();
  if (what.ends_with('.')) what.pop_back();
  if (!what.empty()) what[0] = LowerCase(what[0]);
  std::string page = ".TH \"" + UpperCase(name) + "\" 1 \"\" \"" + Escaped(app.version()) +
                     "\" \"User Commands\"\n" + kSetting + ".SH NAME\n" + Escaped(name) + " \\- " +
                     Escaped(what) + "\n.SH SYNOPSIS\n" + Bold(name) + " [" + Italic("OPTIONS") +
                     "] " + Italic("COMMAND") + " ...\n.SH OPTIONS\n" + Entries(app) +
                     ".SH COMMANDS\n";
  for (CLI::App* command : Commands(app)) AppendCommand(*command, name, page);
  page += ".SH EXAMPLES\n" + Prose(app.get_footer());
  if (!about.see_also.empty()) page += ".SH SEE ALSO\n" + Escaped(about.see_also) + "\n";
  return page;
}

}  // namespace scoregate::usage
