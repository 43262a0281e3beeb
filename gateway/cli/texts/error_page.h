// What a person reads about one documented error, and the table of all of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/translation/mapping.h"

namespace scoregate::cli {

/// "BadArgument/BadVersionCall", or "BadArgument" for the class's own row.
std::string RowName(const translation::MappingRow& row);

/// The row of that name; nothing where there is none.
std::optional<translation::MappingRow> FindRowByName(std::string_view name);

/// The names of rows that are meant most likely, nearest first, at most five: other cases of the
/// letters, a code without its class, a few letters off, a part of the name, the reason. `others`
/// may be meant, too.
std::vector<std::string> NearestNames(std::string_view name,
                                      const std::vector<std::string>& others);

/// The names in one line.
std::string Joined(const std::vector<std::string_view>& names);

/// The page about a row: meaning, code, reason, details, retry advice, what to do.
std::string ErrorPage(const translation::MappingRow& row, std::string_view locale);

}  // namespace scoregate::cli
