// What a caller who reads a report may do now: try again or not, read on, type something.
#pragma once

#include <string>

#include "client/score_error.h"

namespace scoregate::scorectl {

/// Whether to make the same call again, and if not, why; empty where the Status does not say.
std::string RetryAdvice(const client::ScoreError& error);

/// The command that explains the error, offline; empty where its reason is not one that scoregate
/// gives by itself.
std::string ExplainCommand(const client::ScoreError& error);

/// What to type for a failure of the request itself, in scorectl's own words: the gateway's are for
/// callers of any language. Empty where there is nothing to add.
std::string TryInstead(const client::ScoreError& error);

/// A line that says that the texts are not in the language that was asked for, and in which; empty
/// where they are, and where nobody asked.
std::string LanguageNote(const client::ScoreError& error, const std::string& asked);

}  // namespace scoregate::scorectl
