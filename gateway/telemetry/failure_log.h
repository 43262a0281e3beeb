// The last failed calls of one lane, for the operator who has a request id in hand.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
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
  /// Failures that are one flood when they are many: a hash of whose calls they are and why they
  /// failed.
  std::uint64_t flow = 0;
};

/// Bytes that are kept of an upstream's body.
inline constexpr std::size_t kMaxKeptBodyBytes = 2048;
/// Failed calls that are kept a lane.
inline constexpr std::size_t kKeptFailures = 128;
/// Flows that are told apart; all further ones are taken for one. Each failure looks at them all.
inline constexpr std::size_t kMostFlows = 32;
/// How long a failure stands its ground against floods.
inline constexpr std::chrono::minutes kLongestRefuge{10};

/// A bounded store of failed calls. Where it is full, the flow that has most in it gives its oldest
/// away, so that one flood pushes out itself and nobody else; but what is older than kLongestRefuge
/// goes first. Belongs to one lane: not thread-safe.
class FailureLog {
 public:
  explicit FailureLog(std::size_t capacity = kKeptFailures);

  /// Keeps the call, in place of another one where the store is full. Its time is not before that
  /// of the last one.
  void Add(FailedCall call);

  /// The newest failed call of that id; null where none is kept. Valid until the next Add.
  const FailedCall* Find(std::string_view request_id) const;

  /// The newest failure of that operation; null where none is kept. Valid until the next Add.
  const FailedCall* FindOperation(std::string_view operation) const;

  /// The newest first, at most `most`. Valid until the next Add.
  std::vector<const FailedCall*> Newest(std::size_t most) const;

 private:
  struct Kept {
    FailedCall call;
    std::uint64_t number = 0;  ///< Counts the calls that were added.
    std::size_t newer = 0;     ///< The next one of its flow; no meaning for the newest.
  };
  /// A list of kept calls, which is never empty.
  struct Flow {
    std::uint64_t id = 0;
    std::size_t count = 0;
    std::size_t oldest = 0;
    std::size_t newest = 0;
  };

  const FailedCall* NewestWith(std::string FailedCall::*name, std::string_view value) const;
  std::size_t Victim(std::chrono::system_clock::time_point now) const;
  void TakeOldest(std::size_t flow);
  void Append(std::uint64_t flow, std::size_t place);

  std::vector<Kept> kept_;
  std::vector<Flow> flows_;
  std::size_t capacity_;
  std::uint64_t added_ = 0;
};

}  // namespace scoregate::telemetry
