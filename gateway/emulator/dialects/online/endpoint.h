// An Azure ML online endpoint: a model in a container, and the managed front end before it.
#pragma once

#include "gateway/emulator/dialects/call.h"

namespace scoregate::emulator {

/// POST /online/score. Takes every shape of ReadOnlineRequest; a parameter `raise` orders an error
/// as the header x-raise does. Designer's shape is answered in kind. Otherwise the query says how
/// to answer: `?answer=list` (the default), `lists`, `objects`, `predictions`, `named`, `packed`
/// (JSON inside a string), `nan` or `one`. What is wrong with a request is answered as a scoring
/// script would that checks its input: 424 with the container's own 400 inside. Answers name the
/// deployment that the request chose (azureml-model-deployment, or blue) and end with trailers.
Answer ScoreOnline(const Call& call);

/// 401, in the front end's one word.
Answer RefuseOnlineKey(bool has_key);

}  // namespace scoregate::emulator
