// Hugging Face: `{"error":"Model … is currently loading","estimated_time":118.0}`. The time is read
// of bodies of every shape.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/servers/error_text.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return !answer.error.IsNothing() && answer.root["estimated_time"].IsNumber();
}

}  // namespace

constinit const Shape kHuggingFace = {"hugging_face", Matches, ReadErrorText};

}  // namespace scoregate::errorbody
