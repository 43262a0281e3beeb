// Writes what `scoregate translate` prints: one translated exchange as a JSON object on one line,
// or as text for eyes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/translation/translate.h"

namespace scoregate::cli {

/// `{"id","code","grpc_code","message","details","trailers","trailers_bytes","rule"}` in this
/// order, without a line end. Nothing translated stands for a success: code 0, no details.
std::string StatusLine(std::string_view id_json,
                       const std::optional<translation::Translation>& translated);

/// `{"id","line","input_error"}`, without a line end. Lines count from 1.
std::string InputErrorLine(std::string_view id_json, std::size_t line, std::string_view error);

/// The details of a Status as JSON objects with `@type` first, in order.
std::string DetailsJson(const google::rpc::Status& status, std::string_view separator);

/// The Status for a person: code, message, one line a detail.
std::string StatusText(const std::optional<translation::Translation>& translated);

}  // namespace scoregate::cli
