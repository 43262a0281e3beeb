// What a command line says of itself, for the pages that are written out of it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace scoregate::usage {

/// The commands below `command`, as they were added.
std::vector<CLI::App*> Commands(CLI::App& command);

/// The flags of `command` itself, without positionals and what is hidden, as they were added.
std::vector<CLI::Option*> Flags(CLI::App& command);
/// The positionals of `command`.
std::vector<CLI::Option*> Positionals(CLI::App& command);

/// Whether a value follows the flag.
bool TakesValue(const CLI::Option& option);
/// Whether the value is, or ends in, the name of a file: its type or its sentence says FILE.
bool TakesFile(const CLI::Option& option);
/// The values to choose from; empty where any will do. They are the words of the option's sentence,
/// and its default, that its own check lets pass: none is offered that would be refused.
std::vector<std::string> Choices(CLI::Option& option);

/// "--name", and "-n" where there is a short one, the short one first.
std::vector<std::string> Names(const CLI::Option& option);

}  // namespace scoregate::usage
