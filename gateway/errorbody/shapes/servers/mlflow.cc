// MLflow: `{"error_code":"BAD_REQUEST","message","stack_trace"?}`.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return answer.root["error_code"].IsString() && answer.root["message"];
}

void Read(const Answer& answer, ReportedError& error) {
  // Its stack trace is left out: it tells a caller nothing.
  error.outer_code = FindCode(answer.root);
  error.message = MessageOf(answer.root["message"]);
}

}  // namespace

constinit const Shape kMlflow = {"mlflow", Matches, Read};

}  // namespace scoregate::errorbody
