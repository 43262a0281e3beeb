// What is wrong with a configuration, and where: values, and how they are printed.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace scoregate::config {

enum class Severity { kError, kWarning };

/// One thing to mend (kError) or to know (kWarning). Never holds a secret.
struct Finding {
  Severity severity = Severity::kError;
  /// The file; "environment" or "flag" for a setting that came from there.
  std::string file;
  /// Counted from 1; 0 where the place has none.
  int line = 0;
  int column = 0;
  /// The key, such as `endpoints[0].limits.idle_timeout`, or a variable's or flag's name.
  std::string path;
  /// What is wrong: one sentence without a full stop.
  std::string text;
  /// What would be right; empty where `text` says it all.
  std::string expected;
  /// The nearest known name to a mistyped one; empty for none.
  std::string nearest;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// Whether any finding is an error.
bool HasErrors(std::span<const Finding> findings);

/// One line each, as compilers write them:
/// `file:line:column: error: path: text; expected ...; did you mean "..."?`
std::string FormatText(std::span<const Finding> findings);

/// `{"ok":<bool>,"findings":[{"severity","file","line","column","path","text","expected",
/// "nearest"}]}` and a line end; keys without a value are left out.
std::string FormatJson(std::span<const Finding> findings);

}  // namespace scoregate::config
