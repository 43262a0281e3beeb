// No body at all.
#include "gateway/errorbody/shapes/list.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return answer.body.empty();
}

void Read(const Answer&, ReportedError&) {}

}  // namespace

constinit const Shape kEmpty = {"empty", Matches, Read};

}  // namespace scoregate::errorbody
