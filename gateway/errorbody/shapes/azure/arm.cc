// Azure Resource Manager: details that hold details of their own, and `additionalInfo`.
#include <cstdint>
#include <string>
#include <utility>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

// Details within details that are read.
constexpr int kMaxLevels = 4;

void ReadNestedItems(JsonValue details, int levels, ReportedError& error) {
  if (!details.IsArray() || levels == 0) return;
  std::uint32_t seen = 0;
  for (JsonValue detail = details.first(); detail; detail = detail.next(), ++seen) {
    ReadItem(detail, error);
    ReadNestedItems(detail["details"], levels - 1, error);
  }
  error.omitted_items += details.count() - seen;
}

bool Matches(const Answer& answer) {
  return answer.error["additionalInfo"].IsArray() ||
         answer.error["details"].first()["details"].IsArray();
}

// Each detail, then what it holds; the code of the innermost first one is the most specific.
void Read(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = FirstMessage(answer.error, {"message"});
  error.inner_code = DeepestInnerCode(answer.error);
  JsonValue list = answer.error["details"];
  const bool classic = answer.kind == http::UpstreamKind::kClassic;
  const bool nested = error.inner_code.empty() && (!classic || list.first()["details"].IsArray());
  for (int level = 0; nested && level < kMaxLevels && list.IsArray(); ++level) {
    std::string code = CodeOf(list.first()["code"]);
    if (!code.empty()) error.inner_code = std::move(code);
    list = list.first()["details"];
  }
  ReadNestedItems(answer.error["details"], kMaxLevels, error);
}

}  // namespace

constinit const Shape kArm = {"arm", Matches, Read};

}  // namespace scoregate::errorbody
