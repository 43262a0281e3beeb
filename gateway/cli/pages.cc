// scoregate --man-page, scoregate --bash-completion: what is installed beside the program.
#include "gateway/usage/pages.h"

#include <utility>

#include "gateway/cli/commands.h"
#include "gateway/cli/texts/error_page.h"
#include "gateway/cli/texts/explained.h"

namespace scoregate::cli {

void AddPages(CLI::App& app) {
  usage::About about;
  about.see_also = "scorectl(1)";
  about.command = "explain";
  for (const translation::MappingRow& row : translation::EnumerateRules()) {
    about.values.push_back(RowName(row));
  }
  // Rules hold colons, at which bash breaks words.
  for (std::string& reason : AllReasons()) about.values.push_back(std::move(reason));
  usage::AddPageFlags(app, about);
}

}  // namespace scoregate::cli
