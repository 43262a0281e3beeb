// The envelope of batch endpoints and of the workspace's services: an error object beside
// `correlation`, whose cause is the same envelope again, as JSON in the first detail's message.
#include "gateway/errorbody/shapes/azure/error_object.h"
#include "gateway/errorbody/shapes/list.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return answer.error.IsObject() && answer.root["correlation"].IsObject();
}

void Read(const Answer& answer, ReportedError& error) {
  ReadEnvelope(answer, error);
}

}  // namespace

constinit const Shape kServiceError = {"service_error", Matches, Read};

}  // namespace scoregate::errorbody
