// One StreamScore call: many tables in flight, each answered as it finishes.
#pragma once

#include <cstddef>
#include <memory>

#include "gateway/rpc/call.h"
#include "gateway/service/errors/failure_reporter.h"
#include "gateway/service/scoring/scoring_service.h"

namespace scoregate::service {

/// Tables of one call that are in flight at once, those whose answers wait to be written counted
/// in: what the caller sends beyond stays with it.
inline constexpr std::size_t kStreamWindow = 16;

struct ScoreStreamState;

/// Lives as long as the handler of its call, on its lane. Where it goes before its tables are
/// answered, because the call is over, their exchanges are cancelled.
class ScoreStream {
 public:
  ScoreStream(ScoringService& service, FailureReporter& reporter, rpc::Call call,
              StreamScoreWriter writer);
  ~ScoreStream();
  ScoreStream(const ScoreStream&) = delete;
  ScoreStream& operator=(const ScoreStream&) = delete;

  /// Reads to the half-close and waits until everything is answered.
  lane::Task<rpc::Outcome> Run(StreamScoreReader reader);

 private:
  void Begin(scoring::v1::StreamScoreRequest item);

  // Shared with the tables in flight, which may outlive the handler for a moment.
  std::shared_ptr<ScoreStreamState> state_;
};

}  // namespace scoregate::service
