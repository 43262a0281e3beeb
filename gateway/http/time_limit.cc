#include "gateway/http/time_limit.h"

#include <string_view>

namespace scoregate::http {
namespace {

using std::chrono::milliseconds;

std::string_view NameOf(TimeLimit::Whose whose) {
  switch (whose) {
    case TimeLimit::Whose::kNobodys:
      return "";
    case TimeLimit::Whose::kEndpoint:
      return "the endpoint's timeout";
    case TimeLimit::Whose::kCaller:
      return "the caller's deadline";
    case TimeLimit::Whose::kWait:
      return "the time for the wait";
  }
  return "";
}

std::string TimeText(milliseconds time) {
  const bool whole_seconds = time.count() != 0 && time % std::chrono::seconds(1) == milliseconds(0);
  if (whole_seconds) return std::to_string(time / std::chrono::seconds(1)) + " s";
  return std::to_string(time.count()) + " ms";
}

}  // namespace

std::string Named(const TimeLimit& limit) {
  if (limit.whose == TimeLimit::Whose::kNobodys) return "";
  return ": after " + TimeText(limit.time) + ", " + std::string(NameOf(limit.whose));
}

TimeLimit CallersLimit(std::chrono::nanoseconds from_begin_to_deadline) {
  // Coarse enough that 1 s is told as 1 s when it arrives as 997 ms.
  using Hundredths = std::chrono::duration<std::int64_t, std::centi>;
  constexpr milliseconds kLeastRounded{500};
  auto time = std::chrono::round<milliseconds>(from_begin_to_deadline);
  if (time >= kLeastRounded) time = std::chrono::round<Hundredths>(from_begin_to_deadline);
  return {TimeLimit::Whose::kCaller, time};
}

}  // namespace scoregate::http
