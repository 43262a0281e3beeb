#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"a pipeline flattens: its own code, and the prose unread", kOpaque, 400,
     "",
     R"j({"errorCode":"2110","message":"'One or more arguments are invalid. Row 3 failed.'","failureType":"UserError","target":"Score","details":[]})j",
     "data_factory: application\nouter: 2110\ninner: 2110\n"
     "message: 'One or more arguments are invalid. Row 3 failed.'\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class 2110, code 2110"},
};
// clang-format on

}  // namespace

std::span<const Case> DataFactoryRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
