// Tables written down as text, so that a test's row can state a whole one.
#pragma once

#include <string>
#include <string_view>

#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect {

/// Every output by name: `out{a:int64s[1,-,3] b:strings["x","",-]}`; `-` is a row without a value.
std::string Describe(const scoring::v1::ScoreResponse& response);
std::string Describe(const scoring::v1::Table& table);

/// A message from protobuf's text format; fails the test where it is none.
scoring::v1::ScoreRequest RequestOf(std::string_view text);

}  // namespace scoregate::dialect
