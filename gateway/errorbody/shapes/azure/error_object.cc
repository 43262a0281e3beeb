#include "gateway/errorbody/shapes/azure/error_object.h"

#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {

void ReadErrorObject(JsonValue object, ReportedError& error) {
  error.message = FirstMessage(object, {"message", "errorMessage", "Message", "description"});
  error.inner_code = DeepestInnerCode(object);
  ReadItems(FirstOf(object, {"details", "Details"}), error);
  // Google's older answers list their reasons here.
  if (error.items.empty()) ReadItems(object["errors"], error);
}

void ReadEnvelope(JsonValue root, ReportedError& error) {
  const JsonValue object = root["error"];
  error.outer_code = FindCode(root);
  ReadErrorObject(object, error);
  if (error.items.empty()) ReadItems(root["details"], error);
  if (error.message.empty()) error.message = FirstMessage(root, {"message", "Message"});
  if (error.message.empty() && error.outer_code.empty() && error.items.empty()) {
    error.message = object.Text(kMaxTextBytes);
  }
}

}  // namespace scoregate::errorbody
