// How a target says that a promise was broken: by ending the process, which libFuzzer and the
// replay both report with the input at hand.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace scoregate::fuzz {

/// Ends the process with the promise's name where it does not hold.
inline void Require(bool holds, std::string_view promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}

}  // namespace scoregate::fuzz
