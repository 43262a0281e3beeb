#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"batch endpoint: the cause is the same envelope in the first detail", kOpaque, 400,
     "",
     R"j({"error":{"code":"ServiceError","severity":null,"message":"Received 400 from a service request","messageFormat":null,"innerError":null,"debugInfo":null,"details":[{"code":null,"message":"{\"error\":{\"code\":\"UserError\",\"severity\":null,\"message\":\"No compute.\",\"innerError\":{\"code\":\"BadArgument\",\"innerError\":{\"code\":\"NoComputeTarget\",\"innerError\":null}}},\"correlation\":{\"operation\":\"b\"}}"}],"additionalInfo":null},"correlation":{"operation":"a","request":"c"},"environment":"westus","time":"2024-05-01T00:00:00Z"})j",
     "service_error: application\nouter: ServiceError\ninner: NoComputeTarget\n"
     "message: Received 400 from a service request\n"
     "item:  |  | {\"error\":{\"code\":\"UserError\",\"severity\":null,\"message\":\"No compute.\",\"innerError\":{\"code\":\"BadArgument\",\"innerError\":{\"code\":\"NoComputeTarget\",\"innerError\":null}}},\"correlation\":{\"operation\":\"b\"}}\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class ServiceError, code NoComputeTarget"},
    {"its own inner code, where the cause has none", kOpaque, 404,
     "",
     R"j({"error":{"code":"UserError","message":"Job not found","innerError":{"code":"NotFound"},"details":[]},"correlation":{"operation":"a"}})j",
     "service_error: application\nouter: UserError\ninner: NotFound\nmessage: Job not found\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class UserError, code NotFound"},
};
// clang-format on

}  // namespace

std::span<const Case> ServiceErrorRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
