// What web frameworks and gateways answer by themselves, and any JSON that has no row of its own.
#include <string>
#include <string_view>

#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/shapes/shape.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

constexpr std::string_view kProblemJson = "application/problem+json";

// `["body","Inputs",0]` as `body.Inputs.0`.
std::string JoinedPath(JsonValue path) {
  if (!path.IsArray()) return path.IsNothing() ? std::string() : path.Text(kMaxCodeBytes);
  std::string joined;
  for (JsonValue step = path.first(); step; step = step.next()) {
    if (!joined.empty() && !AppendRepaired(joined, ".", kMaxCodeBytes)) break;
    if (!AppendRepaired(joined, step.Text(kMaxCodeBytes), kMaxCodeBytes)) break;
  }
  return joined;
}

void ReadValidationErrors(JsonValue list, ReportedError& error) {
  std::uint32_t seen = 0;
  for (JsonValue element = list.first(); element && seen < kMaxItems;
       element = element.next(), ++seen) {
    ReportedItem item;
    item.code = CodeOf(element["type"]);
    item.target = JoinedPath(element["loc"]);
    item.message =
        element.IsObject() ? FirstMessage(element, {"msg", "message"}) : MessageOf(element);
    if (error.message.empty()) error.message = item.message;
    error.items.push_back(std::move(item));
  }
  error.omitted_items += list.count() - seen;
}

}  // namespace

bool IsProblem(const Answer& answer) {
  const JsonValue root = answer.root;
  if (root &&
      EqualsIgnoringCase(
          Trimmed(answer.response.headers.First("content-type")).substr(0, kProblemJson.size()),
          kProblemJson)) {
    return true;
  }
  return root["title"].IsString() &&
         (root["status"].IsNumber() || root["type"].IsString() || root["detail"].IsString());
}

void ReadProblem(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = FirstMessage(answer.root, {"detail", "title", "message", "type"});
  // ASP.NET Core: a map of field names to lists of texts.
  ReadItems(answer.root["errors"], error);
}

bool IsOAuth(const Answer& answer) {
  return answer.error.IsString() && answer.root["error_description"].IsString();
}

void ReadOAuth(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = answer.error.Text(kMaxCodeBytes);
  AppendRepaired(error.message, ": ", kMaxTextBytes);
  AppendRepaired(error.message, MessageOf(answer.root["error_description"]), kMaxTextBytes);
}

bool IsFastApi(const Answer& answer) {
  return !answer.root["detail"].IsNothing() && answer.error.IsNothing();
}

void ReadFastApi(const Answer& answer, ReportedError& error) {
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

bool IsFlat(const Answer& answer) {
  const JsonValue root = answer.root;
  return root["message"] && (root["code"] || FirstOf(root, {"statusCode", "StatusCode"}));
}

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

}  // namespace scoregate::errorbody
