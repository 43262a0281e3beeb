// The error object of Azure and OData, which several envelopes hold.
#pragma once

#include "gateway/errorbody/reported_error.h"
#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {

/// Message, details and the deepest innererror of an error object.
void ReadErrorObject(JsonValue object, ReportedError& error);

/// The same, with the code and with what older answers have beside the object: `root` is what holds
/// it as `error`.
void ReadEnvelope(JsonValue root, ReportedError& error);

}  // namespace scoregate::errorbody
