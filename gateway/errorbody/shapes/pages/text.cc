// Plain text, such as a proxy's sentence.
#include "gateway/errorbody/text.h"
#include "gateway/errorbody/shapes/list.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer&) {
  return true;
}

void Read(const Answer& answer, ReportedError& error) {
  error.message = Repaired(answer.body, kMaxTextBytes);
}

}  // namespace

constinit const Shape kText = {"text", Matches, Read};

}  // namespace scoregate::errorbody
