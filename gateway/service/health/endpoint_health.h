// Whether an endpoint can be used, as far as the calls to it have told.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

#include "gateway/http/result.h"
#include "gateway/lane/task.h"
#include "gateway/service/health/health_board.h"
#include "gateway/translation/translate.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::service {

/// What one exchange tells of an endpoint's health.
enum class Evidence {
  kNone,    ///< Nothing: it failed for a cause of the caller's or the gateway's own.
  kServes,  ///< It answered, if only to say that the request is wrong or has to wait.
  kDoubt,   ///< It failed; once may be noise.
  kBroken,  ///< No call can work until somebody mends something.
};

/// What an exchange without an answer tells, and a 2xx answer. Other answers have to be translated
/// first: kNone.
Evidence EvidenceOf(const http::HttpOutcome& outcome);

/// What an answer that is no 2xx tells, once it is known whose fault it is.
Evidence EvidenceOf(int http_status, const translation::Translation& translated);

/// Doubts in a row, without an answer between them, that make an endpoint NOT_SERVING.
inline constexpr std::uint32_t kDoubtsInARow = 3;
/// How long bad news is believed. A caller that goes by it makes no more calls, so that no good
/// news would ever come: after this time without calls the endpoint's health is UNKNOWN again.
inline constexpr std::chrono::seconds kBadNewsLifetime{60};

/// Shared by all lanes; every method from any of them. A call that works costs two reads.
class EndpointHealth {
 public:
  using State = scoring::v1::Endpoint::Health;
  using Time = lane::Clock::time_point;

  /// Changes are announced at `board`; null where nobody watches.
  explicit EndpointHealth(std::shared_ptr<HealthBoard> board) : board_(std::move(board)) {}

  /// UNKNOWN, SERVING or NOT_SERVING.
  State At(Time now) const;
  /// When NOT_SERVING lapses; of no meaning in another state.
  Time LapsesAt() const;

  void Learn(Evidence evidence, Time now);
  /// Now; only bad news needs to know when that is.
  void Learn(Evidence evidence);

 private:
  void LearnThatItServes();
  void LearnThatItIsBroken(Time now);

  std::shared_ptr<HealthBoard> board_;
  std::atomic<State> state_ = scoring::v1::Endpoint::UNKNOWN;
  std::atomic<std::uint32_t> doubts_ = 0;
  std::atomic<Time::rep> lapses_at_ = 0;
};

}  // namespace scoregate::service
