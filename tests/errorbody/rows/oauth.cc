#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"OAuth", kOpaque, 401, "",
     R"j({"error":"invalid_grant","error_description":"The token has expired."})j",
     "oauth: application\nmessage: invalid_grant: The token has expired.\n",
     "UNAUTHENTICATED UPSTREAM_HTTP_401"},
};
// clang-format on

}  // namespace

std::span<const Case> OauthRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
