// What a dialect gets to answer a request with.
#pragma once

#include <simdjson.h>

#include "gateway/emulator/answer.h"
#include "gateway/emulator/dialects/classic/job_desk.h"
#include "gateway/emulator/errors/raise_desk.h"
#include "gateway/emulator/target.h"
#include "gateway/http/message.h"

namespace scoregate::emulator {

/// One request, and the parts of the emulator that outlive it. Lives as long as the request is
/// being answered.
struct Call {
  const http::HttpRequest& request;
  const Target& target;
  RaiseDesk& raises;
  JobDesk& jobs;
  /// Reused, so that its buffers are. What it parsed lives until it parses again.
  simdjson::dom::parser& parser;
};

}  // namespace scoregate::emulator
