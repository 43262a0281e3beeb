// TorchServe: `{"code":503,"type":"InternalServerException","message"}`.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  const JsonValue root = answer.root;
  return root["code"].IsNumber() && root["type"].IsString() && root["message"].IsString();
}

void Read(const Answer& answer, ReportedError& error) {
  // Its code only repeats the HTTP status; the exception's name says more.
  error.outer_code = CodeOf(answer.root["type"]);
  error.message = MessageOf(answer.root["message"]);
}

}  // namespace

constinit const Shape kTorchServe = {"torchserve", Matches, Read};

}  // namespace scoregate::errorbody
