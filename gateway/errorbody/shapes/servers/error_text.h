// An `error` that is a text or a list of texts, with what frameworks put beside it.
#pragma once

#include "gateway/errorbody/shapes/shape.h"

namespace scoregate::errorbody {

void ReadErrorText(const Answer& answer, ReportedError& error);

}  // namespace scoregate::errorbody
