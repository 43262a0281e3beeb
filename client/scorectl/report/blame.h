// Whose a failure is, in words that fit what else its Status says.
#pragma once

#include <string>

#include "client/score_error.h"

namespace scoregate::scorectl {

/// One sentence without a full stop; empty where the Status does not say whose fault it is. The
/// fault domain says whom to look at, the code, the reason and the details what there is to do.
std::string Blame(const client::ScoreError& error);

}  // namespace scoregate::scorectl
