// The last failed calls of one lane, for the operator who has a request id in hand.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::telemetry {

/// A failed call, redacted: nothing in it may hold a secret.
struct FailedCall {
  std::string request_id;
  std::chrono::system_clock::time_point time;
  /// The gRPC path, such as "/scoring.v1.ScoringService/Score".
  std::string method;
  std::string endpoint;
  /// The batch operation whose failure it is, though the call itself succeeded; empty for a call
  /// that failed.
  std::string operation;
  /// A google.rpc.Status on the wire: hardly any is ever read.
  std::string status;
  /// The beginning of the upstream's body; empty where no answer arrived.
  std::string body;
  bool body_cut = false;
};

/// Bytes that are kept of an upstream's body.
inline constexpr std::size_t kMaxKeptBodyBytes = 2048;
/// Failed calls that are kept a lane.
inline constexpr std::size_t kKeptFailures = 128;

/// A ring of failed calls. Belongs to one lane: not thread-safe.
class FailureLog {
 public:
  explicit FailureLog(std::size_t capacity = kKeptFailures);

  /// Keeps the call in place of the oldest.
  void Add(FailedCall call);

  /// The newest failed call of that id; null where none is kept. Valid until the next Add.
  const FailedCall* Find(std::string_view request_id) const;

  /// The newest failure of that operation; null where none is kept. Valid until the next Add.
  const FailedCall* FindOperation(std::string_view operation) const;

  /// The newest first, at most `most`. Valid until the next Add.
  std::vector<const FailedCall*> Newest(std::size_t most) const;

 private:
  std::vector<FailedCall> ring_;
  std::size_t capacity_;
  std::size_t next_ = 0;
};

}  // namespace scoregate::telemetry
