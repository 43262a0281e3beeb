// scoregate --man-page, scoregate --bash-completion: what is installed beside the program.
#include "gateway/usage/pages.h"

#include "gateway/cli/commands.h"
#include "gateway/cli/texts/error_page.h"

namespace scoregate::cli {

void AddPages(CLI::App& app) {
  usage::About about;
  about.see_also = "scorectl(1)";
  about.command = "explain";
  for (const translation::MappingRow& row : translation::EnumerateRules()) {
    about.values.push_back(RowName(row));
  }
  usage::AddPageFlags(app, about);
}

}  // namespace scoregate::cli
