// The swagger document of the classic service, which clients read to learn columns and types.
#pragma once

#include "gateway/emulator/dialects/call.h"

namespace scoregate::emulator {

/// GET …/swagger.json, for which no key is needed.
Answer DescribeClassic(const Call& call);

}  // namespace scoregate::emulator
