// The classic envelope `{"error":{"code","message","details"}}`, of which Azure's and OData's are
// extensions, in every variant that was met.
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/shapes/shape.h"

namespace scoregate::errorbody {
namespace {

constexpr std::string_view kODataVersion3 = "odata.error";

void ReadErrorObject(JsonValue object, ReportedError& error) {
  error.message = FirstMessage(object, {"message", "errorMessage", "Message", "description"});
  error.inner_code = DeepestInnerCode(object);
  ReadItems(FirstOf(object, {"details", "Details"}), error);
  // Google's older answers list their reasons here.
  if (error.items.empty()) ReadItems(object["errors"], error);
}

}  // namespace

bool IsODataVersion3(const Answer& answer) {
  return answer.root[kODataVersion3].IsObject();
}

void ReadODataVersion3(const Answer& answer, ReportedError& error) {
  const JsonValue object = answer.root[kODataVersion3];
  error.outer_code = CodeOf(object["code"]);
  ReadErrorObject(object, error);
}

bool IsODataEnvelope(const Answer& answer) {
  return FirstOf(answer.error, {"innererror", "innerError"}).IsObject();
}

bool IsEnvelope(const Answer& answer) {
  return answer.error.IsObject();
}

void ReadEnvelope(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  ReadErrorObject(answer.error, error);
  // Older answers have the details beside `error`.
  if (error.items.empty()) ReadItems(answer.root["details"], error);
  if (error.message.empty()) error.message = FirstMessage(answer.root, {"message", "Message"});
  if (error.message.empty() && error.outer_code.empty() && error.items.empty()) {
    error.message = answer.error.Text(kMaxTextBytes);
  }
}

}  // namespace scoregate::errorbody
