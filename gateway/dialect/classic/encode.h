// Writes the body of a classic request: tables straight from columns into one string.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "gateway/dialect/request_check.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::classic {

/// The body, or nothing where it would be longer than `max_bytes`; never holds more than a row
/// and the parameters above the limit. Inputs and parameters stand in bytewise order of their
/// names, so equal requests give equal bytes. The request has passed CheckScoreRequest.
///
/// Doubles and integers are JSON numbers, truth values `true` and `false`, rows without a value
/// `null`. GlobalParameters is always there.
std::optional<std::string> EncodeTables(const scoring::v1::ScoreRequest& request,
                                        endpoint::RequestFormat format, std::size_t max_bytes);

/// The parameters as an object, in bytewise order of their names. They have passed CheckParameters.
void AppendParameters(std::string& out, const Parameters& parameters);

}  // namespace scoregate::dialect::classic
