// OData 3: the error object stands under `odata.error`, as the table service sends it.
#include <string_view>

#include "gateway/errorbody/shapes/azure/error_object.h"
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

constexpr std::string_view kMember = "odata.error";

bool Matches(const Answer& answer) {
  return answer.root[kMember].IsObject();
}

void Read(const Answer& answer, ReportedError& error) {
  const JsonValue object = answer.root[kMember];
  error.outer_code = CodeOf(object["code"]);
  ReadErrorObject(object, error);
}

}  // namespace

constinit const Shape kODataVersion3 = {"odata3", Matches, Read};

}  // namespace scoregate::errorbody
