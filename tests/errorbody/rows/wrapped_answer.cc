#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"a relay wraps a failed call in a good one: the status inside decides", kOpaque, 200,
     "",
     R"j({"statusCode":404,"headers":{"x-ms-request-id":"a"},"body":{"error":{"code":"NoModel","message":"No such model."}}})j",
     "wrapped_answer: application\nouter: NoModel\ninner: NoModel\nmessage: No such model.\n"
     "embedded: 404\n",
     "NOT_FOUND UPSTREAM_HTTP_404, class NoModel, code NoModel"},
    {"the wrapped body a JSON string", kOpaque, 200,
     "",
     R"j({"statusCode":429,"body":"{\"detail\":\"Slow down\"}"})j",
     "wrapped_answer: application\nmessage: Slow down\nembedded: 429\n",
     "RESOURCE_EXHAUSTED UPSTREAM_HTTP_429, retry 1000 ms, pushback 1000"},
    {"the wrapped body a text", kOnlineEndpoint, 200,
     "",
     R"j({"statusCode":500,"body":"worker died"})j",
     "wrapped_answer: application\nmessage: worker died\nembedded: 500\n",
     "INTERNAL UPSTREAM_HTTP_500"},
};
// clang-format on

}  // namespace

std::span<const Case> WrappedAnswerRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
