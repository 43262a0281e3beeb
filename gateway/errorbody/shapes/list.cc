#include "gateway/errorbody/shapes/list.h"

#include <array>

namespace scoregate::errorbody {
namespace {

#define SCOREGATE_SHAPE(name) &(name),
constexpr auto kJsonShapes = std::to_array<const Shape*>({
#include "gateway/errorbody/shapes/json_shapes.inc"
});
constexpr auto kTextShapes = std::to_array<const Shape*>({
#include "gateway/errorbody/shapes/text_shapes.inc"
});
#undef SCOREGATE_SHAPE

}  // namespace

std::span<const Shape* const> JsonShapes() {
  return kJsonShapes;
}

std::span<const Shape* const> TextShapes() {
  return kTextShapes;
}

}  // namespace scoregate::errorbody
