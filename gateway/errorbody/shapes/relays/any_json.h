// JSON that has no shape of its own: a message by any name that is common.
#pragma once

#include "gateway/errorbody/shapes/shape.h"

namespace scoregate::errorbody {

void ReadAnyJson(const Answer& answer, ReportedError& error);

}  // namespace scoregate::errorbody
