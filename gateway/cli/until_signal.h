// Programs that serve until they are told to end.
#pragma once

namespace scoregate::cli {

/// Blocks SIGTERM, SIGINT and SIGHUP in this thread and those that it starts from now on, so that
/// WaitForEnd gets them. Also ignores SIGPIPE: a peer that goes away is no reason to end. Call it
/// before the first thread.
void BlockSignals();

/// Waits for SIGTERM or SIGINT; says of a SIGHUP that nothing is reloaded.
void WaitForEnd();

}  // namespace scoregate::cli
