#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"the sentence inside a longer text is no sentence", kOnlineEndpoint, 401, "",
     "proxy says key_auth_access_denied",
     "text: intermediary\nmessage: proxy says key_auth_access_denied\n",
     "UNAUTHENTICATED INTERMEDIARY_RESPONSE"},
    {"the same token from another kind is a text", kOpaque, 401, "", "key_auth_access_denied",
     "text: intermediary\nmessage: key_auth_access_denied\n",
     "UNAUTHENTICATED INTERMEDIARY_RESPONSE"},
    {"plain text", kClassic, 503, "", "upstream connect error or disconnect/reset before headers",
     "text: intermediary\nmessage: upstream connect error or disconnect/reset before headers\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
    {"text that begins with a bracket", kOpaque, 500, "", "[error] worker died [7]",
     "text: intermediary\nmessage: [error] worker died [7]\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"text that begins with a date in brackets", kOpaque, 500, "", "[2024-01-02 10:00:00] failed",
     "text: intermediary\nmessage: [2024-01-02 10:00:00] failed\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"text with a placeholder in braces", kOpaque, 500, "", "{service} is down {0}",
     "text: intermediary\nmessage: {service} is down {0}\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"R's printed vector", kOpaque, 500, "", "[1] \"no such column\"",
     "text: intermediary\nmessage: [1] \"no such column\"\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"a JSON string that holds words: neither object nor array", kOpaque, 500, "",
     R"j("went \"wrong\"")j",
     "text: intermediary\nmessage: went \"wrong\"\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"a JSON number", kOpaque, 500, "", "17",
     "text: intermediary\nmessage: 17\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"3xx: of the location only the host", kOpaque, 302,
     "location: https://user:pw@login.example.com:8443/a?sig=x\n", "Moved",
     "text: intermediary\nmessage: Moved\nlocation: login.example.com\n",
     "UNKNOWN INTERMEDIARY_RESPONSE"},
    {"Envoy: no host", kOpaque, 503,
     "",
     R"j(no healthy upstream)j",
     "text: intermediary\nmessage: no healthy upstream\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, retry 1000 ms, pushback 1000"},
    {"Envoy: too slow", kOpaque, 504,
     "",
     R"j(upstream request timeout)j",
     "text: intermediary\nmessage: upstream request timeout\n",
     "UNAVAILABLE INTERMEDIARY_RESPONSE, pushback -1"},
    {"a portal flattens class and code into prose: text decides nothing", kClassic, 400,
     "",
     R"j(RequestThrottled: busy, Error code: ServiceUnavailable, Http status code: 503, Timestamp: Fri, 01 Mar 2024 10:00:00 GMT)j",
     "text: intermediary\n"
     "message: RequestThrottled: busy, Error code: ServiceUnavailable, Http status code: 503, Timestamp: Fri, 01 Mar 2024 10:00:00 GMT\n",
     "INTERNAL INTERMEDIARY_RESPONSE"},
    {"a Python traceback", kOnlineEndpoint, 424,
     "ms-azureml-model-error-statuscode: 500\n",
     "Traceback (most recent call last):\n  File \"/a/score.py\", line 3, in run\nValueError: bad",
     "text: application\n"
     "message: Traceback (most recent call last):\\n  File \"/a/score.py\", line 3, in run\\nValueError: bad\n"
     "model status: 500\n",
     "INTERNAL MODEL_ERROR"},
};
// clang-format on

}  // namespace

std::span<const Case> TextRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
