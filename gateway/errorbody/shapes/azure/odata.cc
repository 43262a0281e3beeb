// Azure's and OData's envelope with `innererror`, in both spellings and at any depth.
#include "gateway/errorbody/shapes/azure/error_object.h"
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return FirstOf(answer.error, {"innererror", "innerError"}).IsObject();
}

void Read(const Answer& answer, ReportedError& error) {
  ReadEnvelope(answer, error);
}

}  // namespace

constinit const Shape kOData = {"odata", Matches, Read};

}  // namespace scoregate::errorbody
