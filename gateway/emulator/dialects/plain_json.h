// Scoring in plain JSON, as servers do it that keep no contract: rows in, predictions out.
#pragma once

#include "gateway/emulator/dialects/call.h"

namespace scoregate::emulator {

/// POST to any path that is no other dialect's: `{"rows":[[5.1,3.5,1.4,0.2]]}`, or `data` in place
/// of `rows`, is answered `{"predictions":["setosa"],"probabilities":[[…]]}`, null for a row with a
/// missing measurement. A member `raise` orders an error as the header x-raise does. What is wrong
/// with a request is answered 400 `{"message":…}`.
Answer ScorePlainJson(const Call& call);

/// 401 `{"message":…}`.
Answer RefusePlainKey();

}  // namespace scoregate::emulator
