#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"a message that is JSON: what has the code counts", kOpaque, 500, "",
     R"j({"message":"{\"error\":{\"code\":\"E7\",\"message\":\"inside\"}}"})j",
     "json: application\nouter: E7\ninner: E7\nmessage: inside\n",
     "INTERNAL UPSTREAM_HTTP_500, class E7, code E7"},
    {"azmlfsrv: message alone", kOnlineEndpoint, 500,
     "x-ms-run-function-failed: True\nx-request-id: a-1\nx-ms-request-id: a-1\n",
     R"j({"message": "An unexpected error occurred in scoring script."})j",
     "json: application\nmessage: An unexpected error occurred in scoring script.\n"
     "run function: failed\nx-ms-request-id: a-1\nx-request-id: a-1\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"errors: the first one's message", kOpaque, 400, "",
     R"j({"errors":[{"code":"c1","message":"m1"},{"code":"c2","message":"m2"}]})j",
     "json: application\nmessage: m1\nitem: c1 |  | m1\nitem: c2 |  | m2\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400"},
    {"any other object: the whole payload", kOpaque, 500, "", R"j({"foo":[1,2]})j",
     "json: application\nmessage: {\"foo\":[1,2]}\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"an array of texts", kOpaque, 500, "", R"j(["went wrong"])j",
     "json: application\nmessage: [\"went wrong\"]\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"an empty object", kOpaque, 500, "", "{}",
     "json: application\nmessage: {}\n",
     "INTERNAL UPSTREAM_HTTP_500"},
    {"prose in days, on an error that is not retried", kOpaque, 403,
     "",
     R"j({"message":"Out of call volume quota. Quota will be replenished in 2.12 days."})j",
     "json: application\n"
     "message: Out of call volume quota. Quota will be replenished in 2.12 days.\n"
     "prose delay: 183168000 ms\n",
     "PERMISSION_DENIED UPSTREAM_HTTP_403, unused hint 183168000, said in PROSE"},
    {"prose in seconds over a minute: pushback says no", kOpaque, 429,
     "",
     R"j({"message":"Too many calls. Please retry after 86400 seconds."})j",
     "json: application\nmessage: Too many calls. Please retry after 86400 seconds.\n"
     "prose delay: 86400000 ms\n",
     "RESOURCE_EXHAUSTED UPSTREAM_HTTP_429, retry 86400000 ms, pushback -1, said in PROSE"},
    {"API Management", kOpaque, 403,
     "",
     R"j({"message":"Quota will be replenished in 01:12:34"})j",
     "json: application\nmessage: Quota will be replenished in 01:12:34\n"
     "prose delay: 4354000 ms\n",
     "PERMISSION_DENIED UPSTREAM_HTTP_403, unused hint 4354000, said in PROSE"},
    {"partial answers under an error status are any JSON", kOpaque, 500,
     "",
     R"j({"results":{"errors":[{"id":"1","message":"m"}]}})j",
     "json: application\n"
     "message: {\"results\":{\"errors\":[{\"id\":\"1\",\"message\":\"m\"}]}}\n",
     "INTERNAL UPSTREAM_HTTP_500"},
};
// clang-format on

}  // namespace

std::span<const Case> JsonRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
