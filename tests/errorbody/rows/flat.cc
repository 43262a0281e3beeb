#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"flat: statusCode is no code", kOpaque, 401, "",
     R"j({"statusCode":401,"message":"Access denied due to missing key."})j",
     "flat: application\nmessage: Access denied due to missing key.\n",
     "UNAUTHENTICATED UPSTREAM_HTTP_401"},
    {"flat with all members", kOpaque, 400, "",
     R"j({"code":"UserError","statusCode":400,"message":"Bad","details":[{"code":"Inner","message":"d"}]})j",
     "flat: application\nouter: UserError\ninner: UserError\nmessage: Bad\nitem: Inner |  | d\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class UserError, code UserError"},
    {"200 with a flat status", kClassic, 200, "", R"j({"StatusCode":401,"message":"No."})j",
     "flat: application\nmessage: No.\nembedded: 401\n",
     "UNAUTHENTICATED UPSTREAM_HTTP_401"},
    {"prose in the message", kOpaque, 429, "",
     R"j({"statusCode":429,"message":"Rate limit is exceeded. Try again in 2 seconds."})j",
     "flat: application\nmessage: Rate limit is exceeded. Try again in 2 seconds.\n"
     "prose delay: 2000 ms\n",
     "RESOURCE_EXHAUSTED UPSTREAM_HTTP_429, retry 2000 ms, pushback 2000, said in PROSE"},
    {"management plane: JSON inside its message", kOpaque, 400,
     "",
     R"j({"code":"BadRequest","statusCode":400,"message":"{\"error\":{\"code\":\"InvalidSku\",\"message\":\"m\"}}","details":null})j",
     "flat: application\nouter: BadRequest\ninner: InvalidSku\n"
     "message: {\"error\":{\"code\":\"InvalidSku\",\"message\":\"m\"}}\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class BadRequest, code InvalidSku"},
};
// clang-format on

}  // namespace

std::span<const Case> FlatRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
