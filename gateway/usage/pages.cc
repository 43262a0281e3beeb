#include "gateway/usage/pages.h"

#include <iostream>
#include <string>
#include <utility>

namespace scoregate::usage {

void AddPageFlags(CLI::App& app, About about) {
  auto add = [&app, about = std::move(about)](const char* flag, auto write,
                                              const std::string& help) {
    // The end of the parsing, as after --version: no command is missed then.
    app.add_flag_callback(
        flag,
        [&app, about, write] {
          std::cout << write(app, about);
          throw CLI::Success();
        },
        help);
  };
  const std::string& name = app.get_name();
  add("--man-page", ManPage, "Print the manual page: " + name + " --man-page | man -l -");
  add("--bash-completion", BashCompletion,
      "Print the completion for bash: source <(" + name + " --bash-completion)");
}

}  // namespace scoregate::usage
