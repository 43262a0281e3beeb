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

void ReadEnvelope(const Answer& answer, ReportedError& error) {
  const JsonValue root = answer.root;
  const JsonValue object = answer.error;
  error.outer_code = FindCode(root);
  ReadErrorObject(object, error);
  if (error.items.empty()) ReadItems(root["details"], error);
  if (error.message.empty()) error.message = FirstMessage(root, {"message", "Message"});
  if (error.message.empty() && error.outer_code.empty() && error.items.empty()) {
    error.message = object.Text(kMaxTextBytes);
  }
  const bool classic = answer.kind == http::UpstreamKind::kClassic;
  if (error.inner_code.empty() && !classic && !error.items.empty()) {
    error.inner_code = error.items.front().code;
  }
}

}  // namespace scoregate::errorbody
