#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"wrong key", kOnlineEndpoint, 401, "", "key_auth_access_denied",
     "online_sentence: application\nmessage: key_auth_access_denied\n",
     "UNAUTHENTICATED UPSTREAM_HTTP_401"},
    {"malformed header, with a line end", kOnlineEndpoint, 401, "", "key_auth_bad_header_forbidden\r\n",
     "online_sentence: application\nmessage: key_auth_bad_header_forbidden\n",
     "UNAUTHENTICATED UPSTREAM_HTTP_401"},
    {"overloaded", kOnlineEndpoint, 503, "", "Too many requests for service churn-7 (overloaded)",
     "online_sentence: application\n"
     "message: Too many requests for service churn-7 (overloaded)\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, retry 1000 ms, pushback 1000"},
    {"no replicas", kOnlineEndpoint, 503, "", "No ready replicas for service churn.",
     "online_sentence: application\nmessage: No ready replicas for service churn.\n",
     "UNAVAILABLE UPSTREAM_HTTP_503, retry 1000 ms, pushback 1000"},
    {"replica closed", kOnlineEndpoint, 502, "", "Replica closed connection before replying",
     "online_sentence: application\nmessage: Replica closed connection before replying\n",
     "UNAVAILABLE UPSTREAM_HTTP_502, retry 1000 ms, pushback 1000"},
};
// clang-format on

}  // namespace

std::span<const Case> OnlineSentenceRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
