// OAuth 2: `{"error":"invalid_grant","error_description":"…"}`.
#include <string>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return answer.error.IsString() && answer.root["error_description"].IsString();
}

void Read(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = Repaired(
      answer.error.Text(kMaxCodeBytes) + ": " + MessageOf(answer.root["error_description"]),
      kMaxTextBytes);
}

}  // namespace

constinit const Shape kOAuth = {"oauth", Matches, Read};

}  // namespace scoregate::errorbody
