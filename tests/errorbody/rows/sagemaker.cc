#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"SageMaker: its names are not in the search order, an item has them", kOpaque, 424, "",
     R"j({"ErrorCode":"CLIENT_ERROR_FROM_MODEL","Message":"Received client error (400)",)j"
     R"j("OriginalStatusCode":400,"OriginalMessage":"bad row"})j",
     "sagemaker: application\nmessage: Received client error (400)\n"
     "item: CLIENT_ERROR_FROM_MODEL |  | bad row\n",
     "FAILED_PRECONDITION UPSTREAM_HTTP_424"},
    {"the container quoted in prose, re-escaped and cut", kOpaque, 424,
     "",
     R"j({"ErrorCode":"INTERNAL_FAILURE_FROM_MODEL","LogStreamArn":"","Message":"Received server error (500) from primary with message \"{\"code\":\"E5\",\"detail\":\"no","OriginalStatusCode":500,"OriginalMessage":"{\"detail\":\"no such column\",\"code\":\"E5\"}"})j",
     "sagemaker: application\nouter: E5\ninner: E5\n"
     "message: Received server error (500) from primary with message \"{\"code\":\"E5\",\"detail\":\"no\n"
     "item: INTERNAL_FAILURE_FROM_MODEL |  | {\"detail\":\"no such column\",\"code\":\"E5\"}\n",
     "FAILED_PRECONDITION UPSTREAM_HTTP_424, class E5, code E5"},
    {"the plain errors of the same cloud", kOpaque, 400,
     "",
     R"j({"__type":"com.amazonaws#ValidationError","message":"1 validation error detected"})j",
     "sagemaker: application\nmessage: 1 validation error detected\n"
     "item: ValidationError |  | \n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400"},
};
// clang-format on

}  // namespace

std::span<const Case> SagemakerRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
