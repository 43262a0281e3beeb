// A translated failure as the trailers that leave, and their size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/translation/translate.h"

namespace scoregate::translation {

inline constexpr std::string_view kGrpcStatus = "grpc-status";
inline constexpr std::string_view kGrpcMessage = "grpc-message";
inline constexpr std::string_view kGrpcStatusDetails = "grpc-status-details-bin";
inline constexpr std::string_view kGrpcRetryPushback = "grpc-retry-pushback-ms";

/// Trailers in the order in which they are sent: grpc-status, grpc-message (percent-encoded),
/// grpc-status-details-bin (base64 without padding), grpc-retry-pushback-ms where due. Derived from
/// the Status alone, so that header and details cannot differ.
std::vector<std::pair<std::string, std::string>> Trailers(const Translation& translation);

/// The Status that Trailers has written; a bare code and message where the details are missing.
google::rpc::Status StatusOf(const std::vector<std::pair<std::string, std::string>>& trailers);

/// RFC 7540 size of the Trailers-Only block: name + value + 32 for each field, with :status and
/// content-type.
std::size_t TrailersOnlyBytes(const std::vector<std::pair<std::string, std::string>>& trailers);

/// Most that a Trailers-Only block may measure; gRPC C++ clients refuse 8,192 with every detail.
inline constexpr std::size_t kMaxTrailerBytes = 7168;
/// What shedding aims at.
inline constexpr std::size_t kTargetTrailerBytes = 4096;

}  // namespace scoregate::translation
