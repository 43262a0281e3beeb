// Problem details (RFC 9457), with ASP.NET Core's map of fields to texts in `errors`.
#include <string>
#include <string_view>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

constexpr std::string_view kMediaType = "application/problem+json";

// "$.inputs[0].age" as "inputs[0].age"; empty for what is no place in the body.
std::string FieldOf(std::string_view name) {
  constexpr std::string_view kApiVersion = "api-version";
  if (name.starts_with("$.")) name.remove_prefix(2);
  // The gateway writes the query itself.
  if (name == "$" || name == kApiVersion) return {};
  return name.find_first_of(" \t\r\n") == name.npos ? std::string(name) : std::string();
}

bool Matches(const Answer& answer) {
  const JsonValue root = answer.root;
  const std::string_view type = Trimmed(answer.response.headers.First("content-type"));
  if (root && EqualsIgnoringCase(type.substr(0, kMediaType.size()), kMediaType)) return true;
  return root["title"].IsString() &&
         (root["status"].IsNumber() || root["type"].IsString() || root["detail"].IsString());
}

void Read(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = FirstMessage(answer.root, {"detail", "title", "message", "type"});
  const JsonValue errors = answer.root["errors"];
  ReadItems(errors, error);
  if (!errors.IsObject()) return;
  for (ReportedItem& item : error.items) item.field = FieldOf(item.target);
}

}  // namespace

constinit const Shape kProblem = {"problem", Matches, Read};

}  // namespace scoregate::errorbody
