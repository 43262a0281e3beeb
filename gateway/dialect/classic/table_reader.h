// Reads one output of an answer into a table, in either form that classic writes.
#pragma once

#include <simdjson.h>

#include <string>

#include "gateway/dialect/table/table_builder.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::classic {

/// Reads the output that stands at place `output` of the answer. Returns an empty text, or what is
/// not understood, as the end of the sentence "The output "x" is not understood: ...".
std::string ReadTable(simdjson::ondemand::value value, std::size_t output, table::Reading& reading,
                      scoring::v1::Table& table);

/// What an unnamed column is called: "Col1" for the first, as Studio itself calls columns of data
/// without a header.
std::string UnnamedColumn(std::size_t column);

}  // namespace scoregate::dialect::classic
