// What a person reads about one documented error, and the table of all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/translation/rules/catalogue_rules.h"

namespace scoregate::cli {

/// "BadArgument/BadVersionCall", or "BadArgument" for the class's own row.
std::string RowName(const translation::Row& row);

/// The row of that name; null where there is none.
const translation::Row* FindRowByName(std::string_view name);

/// The rows that are meant most likely, nearest first, at most five: other cases of the letters, a
/// code without its class, a few letters off.
std::vector<const translation::Row*> NearestRows(std::string_view name);

/// The page about a row: meaning, code, reason, details, retry advice, what to do.
std::string ErrorPage(const translation::Row& row, std::string_view locale);

}  // namespace scoregate::cli
