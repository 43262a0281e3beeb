// FastAPI: `detail` is a text, an object, or the list of what was wrong with which field (422).
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

// `["body","Inputs",0]` as `body.Inputs.0`.
std::string JoinedPath(JsonValue path) {
  if (!path.IsArray()) return path.IsNothing() ? std::string() : path.Text(kMaxCodeBytes);
  std::string joined;
  for (JsonValue step = path.first(); step && joined.size() < kMaxCodeBytes; step = step.next()) {
    if (!joined.empty()) joined += '.';
    joined += step.Text(kMaxCodeBytes);
  }
  return Repaired(joined, kMaxCodeBytes);
}

// `["body","inputs",0,"age"]` as `inputs[0].age`. Empty for a place in query, path or header: these
// the gateway writes itself.
std::string FieldOf(JsonValue path) {
  if (!path.IsArray() || path.first().raw() != "body") return {};
  // A number alone is where the text stopped to be JSON.
  if (path.count() == 2 && path.first().next().IsNumber()) return {};
  std::string field;
  for (JsonValue step = path.first().next(); step; step = step.next()) {
    const std::string name = step.Text(kMaxCodeBytes);
    const std::string_view before = step.IsNumber() ? "[" : field.empty() ? "" : ".";
    const std::string_view after = step.IsNumber() ? "]" : "";
    if (field.size() + before.size() + name.size() + after.size() > kMaxCodeBytes) return field;
    field.append(before).append(name).append(after);
  }
  return field;
}

void ReadValidationErrors(JsonValue list, ReportedError& error) {
  std::uint32_t seen = 0;
  for (JsonValue element = list.first(); element && seen < kMaxItems;
       element = element.next(), ++seen) {
    ReportedItem item;
    item.code = CodeOf(element["type"]);
    item.target = JoinedPath(element["loc"]);
    if (element["loc"].finished()) item.field = FieldOf(element["loc"]);
    item.message =
        element.IsObject() ? FirstMessage(element, {"msg", "message"}) : MessageOf(element);
    if (error.message.empty()) error.message = item.message;
    error.items.push_back(std::move(item));
  }
  error.omitted_items += list.count() - seen;
}

bool Matches(const Answer& answer) {
  return !answer.root["detail"].IsNothing() && answer.error.IsNothing();
}

void Read(const Answer& answer, ReportedError& error) {
  const JsonValue detail = answer.root["detail"];
  error.outer_code = FindCode(answer.root);
  if (detail.IsArray()) {
    ReadValidationErrors(detail, error);
  } else {
    error.message = FirstMessage(answer.root, {"message", "detail"});
  }
  // An HTTPException with an object for its detail; the contract's order ends before it.
  if (detail.IsObject()) ReadItems(detail, error);
  if (error.message.empty()) error.message = MessageOf(detail);
}

}  // namespace

constinit const Shape kFastApi = {"fastapi", Matches, Read};

}  // namespace scoregate::errorbody
