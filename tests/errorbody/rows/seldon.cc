#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"Seldon: status.reason is the code", kOpaque, 500, "",
     R"j({"status":{"code":-1,"info":"Unknown data type","reason":"MICROSERVICE_BAD_DATA","status":1}})j",
     "seldon: application\nouter: MICROSERVICE_BAD_DATA\ninner: MICROSERVICE_BAD_DATA\n"
     "message: Unknown data type\n",
     "INTERNAL UPSTREAM_HTTP_500, class MICROSERVICE_BAD_DATA, code MICROSERVICE_BAD_DATA"},
    {"Seldon with an info alone", kOpaque, 400,
     "",
     R"j({"status":{"code":400,"info":"no data","status":"FAILURE"}})j",
     "seldon: application\nmessage: no data\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400"},
};
// clang-format on

}  // namespace

std::span<const Case> SeldonRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
