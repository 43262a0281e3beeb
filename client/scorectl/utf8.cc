#include "client/scorectl/utf8.h"

#include <simdjson.h>

#include <algorithm>

#include "gateway/usage/command_tree.h"

namespace scoregate::scorectl {

bool IsUtf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

void RequireUtf8(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (usage::TakesFile(*option) || std::ranges::all_of(option->results(), IsUtf8)) continue;
    throw CLI::ValidationError(
        option->get_name(),
        "its value is not UTF-8; set the terminal, or save the script, to UTF-8");
  }
  for (const CLI::App* chosen : app.get_subcommands()) RequireUtf8(*chosen);
}

}  // namespace scoregate::scorectl
