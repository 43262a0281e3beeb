// A relay's own success around a failed call: `{"statusCode":404,"headers":{…},"body":…}`. The body
// is read as a message that is JSON.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

constexpr int kFirstErrorStatus = 400;

bool Matches(const Answer& answer) {
  const JsonValue root = answer.root;
  return !root["body"].IsNothing() && root["message"].IsNothing() && answer.error.IsNothing() &&
         StatusOf(FirstOf(root, {"statusCode", "StatusCode"})) >= kFirstErrorStatus;
}

void Read(const Answer& answer, ReportedError& error) {
  error.message = answer.root["body"].Text(kMaxTextBytes);
}

}  // namespace

constinit const Shape kWrappedAnswer = {"wrapped_answer", Matches, Read};

}  // namespace scoregate::errorbody
