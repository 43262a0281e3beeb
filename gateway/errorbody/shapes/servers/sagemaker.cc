// SageMaker: the container's status and body quoted in prose, and as it was in `OriginalMessage`;
// and the plain errors of the same cloud, whose name is their `__type`.
#include <string>
#include <utility>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  const JsonValue root = answer.root;
  return (root["ErrorCode"].IsString() && root["Message"].IsString()) || root["__type"].IsString();
}

void Read(const Answer& answer, ReportedError& error) {
  const JsonValue root = answer.root;
  error.outer_code = FindCode(root);
  error.message = FirstMessage(root, {"Message", "message"});
  // The names that it writes are not in the contract's search order.
  ReportedItem item;
  item.code = CodeOf(FirstOf(root, {"ErrorCode", "__type"}));
  // A type may have its namespace before it: "com.amazonaws#Throttling".
  item.code.erase(0, item.code.rfind('#') + 1);
  item.message = MessageOf(root["OriginalMessage"]);
  if (!item.code.empty() || !item.message.empty()) error.items.push_back(std::move(item));
}

}  // namespace

constinit const Shape kSageMaker = {"sagemaker", Matches, Read};

}  // namespace scoregate::errorbody
