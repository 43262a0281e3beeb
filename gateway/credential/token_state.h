// What is known of a bearer token that is renewed while the gateway runs, as values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "gateway/http/fault.h"

namespace scoregate::credential {

/// A token; null where there is none.
using TokenPtr = std::shared_ptr<const std::string>;

/// What a lane knows of an endpoint's token.
struct TokenState {
  TokenPtr token;
  /// Why there is no token; nothing where there is one, or where nobody knows yet.
  std::optional<http::Fault> problem;
  /// How many attempts to get a token have ended.
  std::uint64_t attempts = 0;
};

}  // namespace scoregate::credential
