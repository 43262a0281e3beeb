// Plain text, such as a proxy's sentence; a JSON string is a text in quotes.
#include <optional>
#include <string>

#include "gateway/errorbody/json/find_json.h"
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer&) {
  return true;
}

void Read(const Answer& answer, ReportedError& error) {
  const std::optional<std::string> unquoted = PackedJson(answer.body);
  error.message = Repaired(unquoted ? Trimmed(*unquoted) : answer.body, kMaxTextBytes);
}

}  // namespace

constinit const Shape kText = {"text", Matches, Read};

}  // namespace scoregate::errorbody
