// What a person reads about any name that a failed call shows: a documented error, a reason, a
// rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::cli {

/// The page about "Class/Code", an ErrorInfo.reason or an UpstreamError.rule. Where several rules
/// give one reason, all of them in brief. Nothing where no failed call shows that name.
std::optional<std::string> Explained(std::string_view name, std::string_view locale);

/// All reasons that a failed call may have, ascending.
std::vector<std::string> AllReasons();

/// The names that are meant most likely, nearest first, at most six: of documented errors, of
/// reasons and of rules.
std::vector<std::string> NearestExplained(std::string_view name);

}  // namespace scoregate::cli
