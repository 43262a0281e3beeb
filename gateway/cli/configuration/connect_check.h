// scoregate check --connect: whether the endpoints of a configuration answer.
#pragma once

#include <string>
#include <vector>

#include "gateway/config/load.h"

namespace scoregate::cli {

/// What one endpoint did.
struct Reached {
  std::string endpoint;
  /// A sentence's end: "answers (HTTP 405)", "could not be reached: ...".
  std::string text;
  bool good = false;
};

/// Makes one GET to the path of each endpoint's URL, all at once, with its first key or the token
/// of its file: safe by what GET means, and enough to try name, connection, TLS and key. An answer
/// of any status but 401, 403 and 407 is good. Blocks as long as the slowest endpoint's timeouts
/// allow.
std::vector<Reached> TryEndpoints(const config::Configuration& configuration);

}  // namespace scoregate::cli
