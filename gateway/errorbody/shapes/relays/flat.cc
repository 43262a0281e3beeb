// Flat `{"code","statusCode","message","details"}`: management planes and API gateways.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/shapes/relays/any_json.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  const JsonValue root = answer.root;
  return root["message"] && (root["code"] || FirstOf(root, {"statusCode", "StatusCode"}));
}

}  // namespace

constinit const Shape kFlat = {"flat", Matches, ReadAnyJson};

}  // namespace scoregate::errorbody
