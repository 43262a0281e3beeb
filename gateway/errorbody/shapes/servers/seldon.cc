// Seldon 1: `{"status":{"code":-1,"info","reason","status"}}`.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  const JsonValue status = answer.root["status"];
  return status["reason"].IsString() || status["info"].IsString();
}

void Read(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = FirstMessage(answer.root["status"], {"info", "message", "reason"});
}

}  // namespace

constinit const Shape kSeldon = {"seldon", Matches, Read};

}  // namespace scoregate::errorbody
