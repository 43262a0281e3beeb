// A failed call, as a value that a program can ask: what happened, which field to fix, whether and
// when to retry, whose fault it is.
#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "scoring/v1/errors.pb.h"

namespace scoregate::client {

/// A typed view of a failed call. Every field but code and message may be empty: a server that is
/// not scoregate, or a proxy on the way, sends no details. Plain values, safe to copy and keep.
struct ScoreError {
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  /// English, for developers and logs.
  std::string message;

  /// False where the server sent no google.rpc details.
  bool has_details = false;
  /// ErrorInfo: stable names to branch on.
  std::string reason;
  std::string domain;
  std::map<std::string, std::string> metadata;

  /// How long to wait before the same call; nothing where a retry is not advised.
  std::optional<std::chrono::milliseconds> retry_delay;

  std::vector<google::rpc::BadRequest::FieldViolation> field_violations;
  std::vector<google::rpc::PreconditionFailure::Violation> precondition_violations;
  std::vector<google::rpc::QuotaFailure::Violation> quota_violations;
  std::optional<google::rpc::ResourceInfo> resource;
  std::vector<google::rpc::Help::Link> help_links;
  /// The text in the caller's language; empty where none was asked for.
  std::string localized_message;
  std::string locale;
  /// DebugInfo: what broke, in the upstream's own words, in lines; empty unless the gateway allows
  /// it and the call had the metadata `x-scoregate-debug: 1`.
  std::string debug;
  /// What operators ask for.
  std::string request_id;
  /// What the upstream itself said.
  std::optional<scoring::v1::UpstreamError> upstream;

  /// The upstream's error class ("BadArgument"), code within it, and HTTP status (0: no answer).
  std::string error_class() const { return Metadata("upstreamClass"); }
  std::string error_code() const { return Metadata("upstreamCode"); }
  int http_status() const;
  /// CALLER, MODEL, UPSTREAM or GATEWAY; empty where unknown.
  std::string fault_domain() const { return Metadata("faultDomain"); }

  /// How often the library made the call and how long all of that took, where
  /// ClientOptions::on_retry makes it count; else 0: gRPC does not tell of its own retries.
  int attempts = 0;
  std::chrono::milliseconds elapsed{0};

  /// The whole google.rpc.Status as it came; without details where there were none.
  google::rpc::Status status;

 private:
  std::string Metadata(const std::string& key) const;
};

/// Reads a failed call's status. Details that do not parse, or whose code contradicts the status,
/// are left out; code and message always stand.
ScoreError ReadError(const grpc::Status& status);

/// The same for a Status that is part of a message: a failed job's, or a streamed table's.
ScoreError ReadError(const google::rpc::Status& status);

/// The upper-case name of a code, such as "INVALID_ARGUMENT".
std::string CodeName(grpc::StatusCode code);

}  // namespace scoregate::client
