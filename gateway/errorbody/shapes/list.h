// Every shape of error body. To add one: a file that defines it, and its line in json_shapes.inc or
// text_shapes.inc.
#pragma once

#include <span>

#include "gateway/errorbody/shapes/shape.h"

namespace scoregate::errorbody {

#define SCOREGATE_SHAPE(name) extern const Shape name;
#include "gateway/errorbody/shapes/json_shapes.inc"
#include "gateway/errorbody/shapes/text_shapes.inc"
#undef SCOREGATE_SHAPE

/// In the order in which they are tried; the last one of each list matches everything.
std::span<const Shape* const> JsonShapes();
std::span<const Shape* const> TextShapes();

}  // namespace scoregate::errorbody
