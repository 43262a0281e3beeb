#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"odata.error of the table service", kOpaque, 404, "",
     R"j({"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"Not there."}}})j",
     "odata3: application\nouter: ResourceNotFound\ninner: ResourceNotFound\n"
     "message: Not there.\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class ResourceNotFound, code ResourceNotFound"},
};
// clang-format on

}  // namespace

std::span<const Case> Odata3Rows() {
  return kRows;
}

}  // namespace scoregate::errorbody
