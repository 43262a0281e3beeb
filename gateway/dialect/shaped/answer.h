// Reads the answer to a typed request in a declared shape.
#pragma once

#include <string>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/http/result.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::dialect::shaped {

/// The output that a table has where the answer names none.
inline constexpr char kOutputName[] = "output";
/// How often JSON inside a string is unpacked.
inline constexpr int kMaxPacking = 3;

/// Fills the empty `response` as AnswerShape in config.proto says; a fault (kResponseInvalid)
/// leaves it empty. Strict but for a byte order mark, bare NaN, Infinity and -Infinity.
http::Result<void> ReadAnswer(const std::string& body, const endpoint::EndpointSettings& settings,
                              scoring::v1::ScoreResponse& response);

}  // namespace scoregate::dialect::shaped
