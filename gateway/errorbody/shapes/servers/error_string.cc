// Triton, KServe, MLServer, TensorFlow Serving and many others: `error` is a text or a list of
// texts.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/shapes/servers/error_text.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return answer.error.IsString() || answer.error.first().IsString();
}

}  // namespace

void ReadErrorText(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  // Some frameworks put the status text into `error` and what happened beside it.
  error.message = FirstMessage(answer.root, {"message", "detail"});
  if (error.message.empty()) {
    error.message = MessageOf(answer.error.IsArray() ? answer.error.first() : answer.error);
  }
  if (answer.error.IsArray() && answer.error.count() > 1) ReadItems(answer.error, error);
  if (error.items.empty()) ReadItems(answer.root["details"], error);
}

constinit const Shape kErrorString = {"error_string", Matches, ReadErrorText};

}  // namespace scoregate::errorbody
