// Any other JSON object or array: the last row of its list.
#include "gateway/errorbody/shapes/relays/any_json.h"
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer&) {
  return true;
}

}  // namespace

void ReadAnyJson(const Answer& answer, ReportedError& error) {
  const JsonValue root = answer.root;
  error.outer_code = FindCode(root);
  error.message = FirstMessage(
      root, {"message", "Message", "detail", "title", "error_description", "errorMessage",
             "error_message", "description", "msg", "error", "Error", "fault", "reason", "info"});
  ReadItems(FirstOf(root, {"details", "Details", "errors"}), error);
  if (error.message.empty() && !error.items.empty()) error.message = error.items.front().message;
  // Strange, but all there is: the reader may make more of it.
  if (error.message.empty()) error.message = Repaired(answer.body, kMaxTextBytes);
}

constinit const Shape kAnyJson = {"json", Matches, ReadAnyJson};

}  // namespace scoregate::errorbody
