#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"a formatter's doubled braces", kOpaque, 500, "",
     R"j({{"title":"Bad","status":400}})j",
     "problem: application\nmessage: Bad\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"RFC 9457 with ASP.NET Core's errors", kOpaque, 400,
     "content-type: application/problem+json; charset=utf-8\n",
     R"j({"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Validation errors.",)j"
     R"j("status":400,"traceId":"00-1","errors":{"$.inputs":["The JSON value is bad."]}})j",
     "problem: application\nmessage: Validation errors.\n"
     "item:  | $.inputs | The JSON value is bad.\nfield: inputs\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, fields inputs"},
    {"RFC 9457: detail says more than title", kOpaque, 403, "",
     R"j({"type":"about:blank","title":"Forbidden","status":403,"detail":"Your plan ended."})j",
     "problem: application\nmessage: Your plan ended.\n",
     "PERMISSION_DENIED UPSTREAM_HTTP_403"},
    {"places in the body become violations, the gateway's own query does not", kOpaque, 400,
     "content-type: application/problem+json\n",
     R"j({"title":"Validation failed.","status":400,"errors":{"$.inputs[0].age":["not a number"],"Rows":["too many"],"api-version":["unsupported"],"$":["bad JSON"],"two words":["x"]}})j",
     "problem: application\nmessage: Validation failed.\n"
     "item:  | $.inputs[0].age | not a number\nfield: inputs[0].age\nitem:  | Rows | too many\n"
     "field: Rows\nitem:  | api-version | unsupported\nitem:  | $ | bad JSON\n"
     "item:  | two words | x\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, fields inputs[0].age Rows"},
};
// clang-format on

}  // namespace

std::span<const Case> ProblemRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
