// Writes the rows of a table as JSON, straight from its columns.
#pragma once

#include <cstddef>
#include <string>

#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::table {

/// How one row is written.
enum class RowForm { kLists, kObjects };

/// The rows between the brackets of their list; false once `out` is over the limit, of which it is
/// never more than a row above. The request has passed CheckScoreRequest.
bool AppendRows(std::string& out, const scoring::v1::Table& table, RowForm form,
                std::size_t max_bytes);

/// The names of the columns as a list.
void AppendColumnNames(std::string& out, const scoring::v1::Table& table);

/// A first guess at the length of a body: growing a large string copies it.
std::size_t GuessBytes(const scoring::v1::ScoreRequest& request);

}  // namespace scoregate::dialect::table
