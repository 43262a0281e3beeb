// What is asked of an upstream, and what kind of upstream it is: two closed sets that every room
// of the data path shares.
#pragma once

#include <string_view>

namespace scoregate::http {

/// The contract that an upstream keeps; set in configuration, never guessed.
enum class UpstreamKind { kClassic, kOnlineEndpoint, kOpaque };

/// The gRPC method on whose behalf the exchange is made.
enum class CallKind { kScore, kScoreRaw, kCreateBatchJob, kGetOperation };

/// "classic", "online_endpoint", "opaque".
constexpr std::string_view UpstreamKindName(UpstreamKind kind) {
  switch (kind) {
    case UpstreamKind::kClassic:
      return "classic";
    case UpstreamKind::kOnlineEndpoint:
      return "online_endpoint";
    case UpstreamKind::kOpaque:
      return "opaque";
  }
  return "";
}

/// "Score", "ScoreRaw", "CreateBatchJob", "GetOperation".
constexpr std::string_view CallKindName(CallKind kind) {
  switch (kind) {
    case CallKind::kScore:
      return "Score";
    case CallKind::kScoreRaw:
      return "ScoreRaw";
    case CallKind::kCreateBatchJob:
      return "CreateBatchJob";
    case CallKind::kGetOperation:
      return "GetOperation";
  }
  return "";
}

}  // namespace scoregate::http
