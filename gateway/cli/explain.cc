// scoregate explain: the offline page about one name that a failed call shows.
#include <iostream>
#include <memory>
#include <string>

#include "gateway/catalogue/texts.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/texts/explained.h"

namespace scoregate::cli {
namespace {

struct ExplainOptions {
  std::string name;
  std::string locale{catalogue::kDefaultLocale};
};

int Explain(const ExplainOptions& options) {
  if (auto page = Explained(options.name, catalogue::NegotiateLocale(options.locale))) {
    std::cout << *page;
    return kExitGood;
  }
  std::cerr << "nothing that a failed call shows is called '" << options.name << "'\n";
  for (const std::string& near : NearestExplained(options.name)) {
    std::cerr << "  did you mean: scoregate explain " << near << '\n';
  }
  std::cerr << "`scoregate catalogue` lists the documented errors, and with --format markdown all "
               "rules; a reason that is none of these comes from `overrides` in the "
               "configuration.\n";
  return kExitRefused;
}

}  // namespace

void AddExplain(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "Explain one error, reason or rule");
  command
      ->add_option("error", options->name,
                   "CLASS or CLASS/CODE as in the upstream's answer, ErrorInfo.reason, or "
                   "UpstreamError.rule")
      ->required();
  command
      ->add_option("--locale", options->locale, "The language, such as ko-KR; any Accept-Language")
      ->check(
          [](const std::string& locale) {
            if (!catalogue::FindLocale(locale).empty()) return std::string();
            std::string message = "'" + locale + "' is not there; there are:";
            for (std::string_view name : catalogue::Locales()) message += " " + std::string(name);
            return message;
          },
          "", "")
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  scoregate explain BadArgument/BadVersionCall\n"
      "  scoregate explain --locale ko-KR ServiceUnavailable/RequestThrottled\n"
      "  scoregate explain UPSTREAM_UNREACHABLE\n"
      "  scoregate explain gateway:timeout\n\n"
      "Exit: 0 explained, 1 no such error, 2 usage.");
  command->callback([options, &exit_code] { exit_code = Explain(*options); });
}

}  // namespace scoregate::cli
