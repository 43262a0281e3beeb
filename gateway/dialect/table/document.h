// Reads a whole JSON answer, as often as its columns need.
#pragma once

#include <simdjson.h>

#include <functional>
#include <string>
#include <string_view>

#include "gateway/dialect/table/table_builder.h"
#include "gateway/http/result.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::table {

/// Fills an empty response from a document that was not read yet.
using ReadTables = std::function<http::Result<void>(simdjson::ondemand::document&, Reading&,
                                                    scoring::v1::ScoreResponse&)>;

/// Calls `read` once, and a second time where columns turned out not to fit their type: they are
/// strings then, and strings take every cell. A byte order mark is passed over. The response is
/// empty where a fault comes back.
http::Result<void> ReadDocument(const std::string& body, scoring::v1::ScoreResponse& response,
                                const ReadTables& read);

/// Whether the whole document was read.
bool IsAtEnd(simdjson::ondemand::document& document);

/// A name from an answer as a fault's sentence shows it: shortened where it is long.
std::string Shown(std::string_view name);

/// kResponseInvalid with that sentence.
http::Fault NotUnderstood(std::string text);
/// The fault of a text that simdjson does not read.
http::Fault NotJson(simdjson::error_code error);

}  // namespace scoregate::dialect::table
