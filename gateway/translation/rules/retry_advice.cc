#include "gateway/translation/rules/retry_advice.h"

#include <algorithm>

namespace scoregate::translation {
namespace {

using std::chrono::milliseconds;

// An override may ask for more than doubling reaches, and is not cut.
milliseconds Doubled(milliseconds delay, std::uint32_t previous_attempts) {
  const milliseconds most = std::clamp(delay, kMaxBackoff, kMaxHint);
  for (std::uint32_t i = 0; i < previous_attempts && delay < most; ++i) delay *= 2;
  return std::clamp(delay, kMinDelay, most);
}

// A clean double between the two bounds, whatever came in: NaN compares false and gives the lower.
double Jitter(double factor) {
  if (!(factor > kMinJitter)) return kMinJitter;
  return std::min(factor, kMaxJitter);
}

}  // namespace

std::optional<milliseconds> HintOf(const errorbody::ReportedError& error) {
  if (error.header_retry_delay) return error.header_retry_delay;
  if (error.body_retry_delay) return error.body_retry_delay;
  return error.prose_retry_delay;
}

RetryAdvice Advise(const RetryQuestion& question) {
  RetryAdvice advice;
  bool carries_pushback = question.code == grpcwire::Code::kUnavailable ||
                          question.code == grpcwire::Code::kResourceExhausted;
  if (!carries_pushback || !question.advised) {
    // A client whose policy lists the code would retry if nothing told it not to; on other codes
    // -1 would only drain its retry throttle.
    if (carries_pushback) advice.pushback_ms = kNoPushback;
    advice.unused_hint = question.hint;
    return advice;
  }
  milliseconds delay = question.hint ? std::clamp(*question.hint, kMinDelay, kMaxHint)
                                     : Doubled(question.default_delay, question.previous_attempts);
  advice.delay = delay;
  milliseconds pushback(static_cast<std::int64_t>(static_cast<double>(delay.count()) *
                                                  Jitter(question.jitter_factor)));
  // A delay that outlives the caller's deadline would cost it every detail: it sees a bare
  // DEADLINE_EXCEEDED. RetryInfo still says how long.
  bool outlives = question.remaining_deadline && pushback > *question.remaining_deadline;
  advice.pushback_ms = outlives || delay > kMaxBackoff ? kNoPushback : pushback.count();
  return advice;
}

}  // namespace scoregate::translation
