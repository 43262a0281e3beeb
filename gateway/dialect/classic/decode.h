// Reads the body of a classic success.
#pragma once

#include <simdjson.h>

#include <string>

#include "gateway/dialect/dialect.h"
#include "gateway/dialect/table/table_builder.h"
#include "gateway/http/result.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::classic {

/// Fills the empty `response` from `Results`; a fault (kResponseInvalid) leaves it empty. Reads
/// `{"ColumnNames","ColumnTypes","Values"}` with any of the first two missing, and rows as objects.
/// A column whose cells do not all fit the declared type is one of strings, as they were written.
/// Strict but for what servers really send: a byte order mark, bare NaN, Infinity and -Infinity,
/// members not known here. Not certain of a success where `error`, `statusCode` or `StatusCode`
/// stands beside Results.
http::Result<Certainty> DecodeTables(const std::string& body, scoring::v1::ScoreResponse& response);

/// The same for a document that was not read yet.
http::Result<Certainty> ReadResults(simdjson::ondemand::document& document, table::Reading& reading,
                                    scoring::v1::ScoreResponse& response);

}  // namespace scoregate::dialect::classic
