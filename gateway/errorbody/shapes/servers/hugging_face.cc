// Hugging Face: `{"error":"Model … is currently loading","estimated_time":118.0}`: how long to
// wait.
#include "gateway/errorbody/retry_hints.h"
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/servers/error_text.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return !answer.error.IsNothing() && answer.root["estimated_time"].IsNumber();
}

void Read(const Answer& answer, ReportedError& error) {
  ReadErrorText(answer, error);
  if (answer.root["estimated_time"].finished()) {
    error.body_retry_delay = DelayFromSeconds(answer.root["estimated_time"].raw());
  }
}

}  // namespace

constinit const Shape kHuggingFace = {"hugging_face", Matches, Read};

}  // namespace scoregate::errorbody
