// The batch calls of a classic service: submit, start, state, cancel.
#pragma once

#include "gateway/emulator/answer.h"
#include "gateway/emulator/dialects/call.h"

namespace scoregate::emulator {

/// Takes a job and answers its id as a bare JSON string. Global parameters that it understands:
/// `raise` (a documented error is raised at once; "start/CLASS/CODE" by the first start only;
/// "job/module-error", "job/library-error", "job/internal-error" and "job/prose-only" when the
/// job's time is over) and `runtime_ms` (how long the job runs). No blob is read or written.
Answer SubmitJob(const Call& call);

/// Starts the job; a job that was started stays as it is.
Answer StartJob(const Call& call);

Answer DescribeJob(const Call& call);

Answer CancelJob(const Call& call);

}  // namespace scoregate::emulator
