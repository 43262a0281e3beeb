// The error object of Azure and OData, which several envelopes hold.
#pragma once

#include "gateway/errorbody/reported_error.h"
#include "gateway/errorbody/shapes/shape.h"
#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {

/// Message, details and the deepest innererror of an error object.
void ReadErrorObject(JsonValue object, ReportedError& error);

/// The same, with the code and with what older answers have beside the object, which stands in the
/// answer as `error`. Where no innererror says more, the first detail's code is the innermost one,
/// but in kind classic, where class and code are apart.
void ReadEnvelope(const Answer& answer, ReportedError& error);

}  // namespace scoregate::errorbody
