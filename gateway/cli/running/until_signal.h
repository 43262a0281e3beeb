// Programs that serve until they are told to end.
#pragma once

#include <functional>

namespace scoregate::cli {

/// Blocks SIGTERM, SIGINT and SIGHUP in this thread and those that it starts from now on, so that
/// WaitForEnd gets them. Also ignores SIGPIPE: a peer that goes away is no reason to end. Call it
/// before the first thread.
void BlockSignals();

/// Waits for SIGTERM or SIGINT, and runs `on_hangup` at each SIGHUP; where that is empty, it says
/// that nothing is reloaded.
void WaitForEnd(const std::function<void()>& on_hangup = {});

}  // namespace scoregate::cli
