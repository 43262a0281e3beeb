// Whether predictions can be matched with what was sent.
#pragma once

#include <string>

#include "scoring/v1/scoring.pb.h"

namespace scoregate::scorectl {

/// A line for each output that has another number of rows than the inputs, since callers match them
/// by position; empty where all is well, and where the inputs differ among themselves.
std::string RowCountWarning(const scoring::v1::ScoreRequest& request,
                            const scoring::v1::ScoreResponse& response);

}  // namespace scoregate::scorectl
