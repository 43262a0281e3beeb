// The limits of time that a call is under, for the sentence that says which of them was over.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace scoregate::http {

/// A limit and whose it is.
struct TimeLimit {
  enum class Whose : std::uint8_t {
    kNobodys,   ///< Of the gateway's own errands; not worth a word.
    kEndpoint,  ///< The endpoint's `timeout`.
    kCaller,    ///< The deadline that the caller set.
    kWait,      ///< The time that a WaitOperation has.
  };
  Whose whose = Whose::kNobodys;
  std::chrono::milliseconds time{0};
};

/// How a sentence about time that ran out ends: ": after 3 s, the endpoint's timeout". Empty for
/// nobody's limit.
std::string Named(const TimeLimit& limit);

/// The limit of a caller's deadline, which is a little shorter than what the caller wrote: the time
/// on the way is taken off.
TimeLimit CallersLimit(std::chrono::nanoseconds from_begin_to_deadline);

}  // namespace scoregate::http
