#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"Resource Manager: details in details, the innermost code is the most specific", kOpaque, 409,
     "",
     R"j({"error":{"code":"DeploymentFailed","message":"At least one operation failed.","details":[{"code":"Conflict","message":"outer","details":[{"code":"QuotaExceeded","target":"cores","message":"inner"}]},{"code":"Other","message":"second"}]}})j",
     "arm: application\nouter: DeploymentFailed\ninner: QuotaExceeded\n"
     "message: At least one operation failed.\nitem: Conflict |  | outer\n"
     "item: QuotaExceeded | cores | inner\nitem: Other |  | second\n",
     "ABORTED UPSTREAM_HTTP_409, class DeploymentFailed, code QuotaExceeded"},
    {"Resource Manager: additionalInfo", kOpaque, 403,
     "",
     R"j({"error":{"code":"RequestDisallowedByPolicy","message":"Denied.","additionalInfo":[{"type":"PolicyViolation","info":{"policy":"p"}}]}})j",
     "arm: application\nouter: RequestDisallowedByPolicy\ninner: RequestDisallowedByPolicy\n"
     "message: Denied.\n",
     "PERMISSION_DENIED UPSTREAM_HTTP_403, class RequestDisallowedByPolicy, code RequestDisallowedByPolicy"},
};
// clang-format on

}  // namespace

std::span<const Case> ArmRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
