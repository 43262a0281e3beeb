// The XML errors of storage services: `<Error><Code/><Message/>` of Azure Storage and S3, and
// OData's
// `<m:error><m:code/>`. A byte order mark is gone before.
#include <optional>
#include <string_view>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/pages/markup.h"

namespace scoregate::errorbody {
namespace {

/// The inside of the error element, and what its members are called.
struct Parts {
  std::optional<std::string_view> inside;
  std::string_view code = "Code";
  std::string_view message = "Message";
};

Parts Find(std::string_view body) {
  const std::string_view markup = WithoutProlog(body);
  if (StartsWithTag(markup, "Error")) return {ElementInside(markup, "Error")};
  if (StartsWithTag(markup, "ErrorResponse")) return {ElementInside(markup, "Error")};
  if (StartsWithTag(markup, "m:error")) {
    return {ElementInside(markup, "m:error"), "m:code", "m:message"};
  }
  return {};
}

bool Matches(const Answer& answer) {
  const Parts parts = Find(answer.body);
  return parts.inside && ElementInside(*parts.inside, parts.code);
}

void Read(const Answer& answer, ReportedError& error) {
  const Parts parts = Find(answer.body);
  const std::string_view inside = parts.inside.value_or("");
  const std::string_view code = ElementInside(inside, parts.code).value_or("");
  // Without its end tag the code may have been cut short, and then be another one's name.
  if (code.data() + code.size() != inside.data() + inside.size()) {
    error.outer_code = MarkupText(code, kMaxCodeBytes);
  }
  error.message = MarkupText(ElementInside(inside, parts.message).value_or(""), kMaxTextBytes);
}

}  // namespace

constinit const Shape kXmlError = {"xml", Matches, Read};

}  // namespace scoregate::errorbody
