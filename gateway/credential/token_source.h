// Where a token comes from. An interface, because the outside world begins here.
#pragma once

#include "gateway/credential/token_state.h"
#include "gateway/http/result.h"
#include "gateway/lane/task.h"

namespace scoregate::credential {

/// Why an attempt is made.
enum class Occasion {
  kTime,     ///< The time has come that the last attempt named.
  kRefusal,  ///< The endpoint refused the token.
};

/// How an attempt ended.
struct Attempt {
  http::Result<TokenPtr> token;
  /// When to try again.
  lane::Clock::time_point next;
};

/// One endpoint's source. Used by one coroutine of the keepers' own lane, where files may be waited
/// for: no call runs there.
class TokenSource {
 public:
  virtual ~TokenSource() = default;

  /// Gives the token as it is now; the same pointer where it has not changed.
  virtual lane::Task<Attempt> Try(Occasion occasion) = 0;
};

}  // namespace scoregate::credential
