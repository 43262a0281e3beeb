// The classic envelope `{"error":{"code","message","details"}}` in every variant that was met.
#include "gateway/errorbody/shapes/azure/error_object.h"
#include "gateway/errorbody/shapes/list.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return answer.error.IsObject();
}

void Read(const Answer& answer, ReportedError& error) {
  ReadEnvelope(answer, error);
}

}  // namespace

constinit const Shape kClassic = {"classic", Matches, Read};

}  // namespace scoregate::errorbody
