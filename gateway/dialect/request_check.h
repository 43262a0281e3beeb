// What the gateway asks of a typed request before it goes to any upstream.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/fault.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect {

/// The first thing wrong with the request, in the order: endpoint, inputs by name, parameters by
/// name; nothing where it can be sent. Asked for: an endpoint and at least one input; tables with
/// columns that have a unique name, values, and one length; null rows ascending and within it;
/// numbers that JSON can carry, but for the fillers of null rows; parameters that are set and not
/// nested deeper than kMaxParameterDepth.
std::optional<http::Fault> CheckScoreRequest(const scoring::v1::ScoreRequest& request);

using Parameters = google::protobuf::Map<std::string, google::protobuf::Value>;

/// The same for global parameters alone.
std::optional<http::Fault> CheckParameters(const Parameters& parameters);

/// Rows of a column: the length of its list; 0 where none is set.
std::size_t RowsOf(const scoring::v1::Column& column);

/// `map["key"]`, the key escaped as in JSON, such as `inputs["input1"]`.
std::string FieldOf(std::string_view map, std::string_view key);

}  // namespace scoregate::dialect
